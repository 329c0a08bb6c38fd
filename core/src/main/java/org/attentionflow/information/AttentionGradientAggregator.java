package org.attentionflow.information;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Quantity;

/**
 * The positive part of attention times gradient: Ā = E_h(⌊A ∘ ∇A⌋₊). Called AGF by Generalized
 * Attention Flow, which reports it best; the same tensor as in Chefer et al., ICCV 2021.
 */
public final class AttentionGradientAggregator implements Aggregator {
  @Override
  public String name() {
    return "attention-gradient";
  }

  @Override
  public List<String> aliases() {
    return List.of("agf");
  }

  @Override
  public String summary() {
    return "AGF: the positive part of attention times its gradient, E_h(max(A dA, 0)).";
  }

  @Override
  public String source() {
    return "Azarkhalili and Libbrecht, Generalized Attention Flow, ACL 2025";
  }

  @Override
  public Set<Quantity> needs() {
    return EnumSet.of(Quantity.ATTENTION, Quantity.ATTENTION_GRADIENT);
  }

  @Override
  public void elements(AttentionLayer layer, int first, double[] into) {
    float[] attention = layer.attention().values();
    float[] gradient = layer.gradient().orElseThrow().values();
    for (int i = 0; i < into.length; i++) {
      into[i] =
          GradientAggregator.positivePart((double) attention[first + i] * gradient[first + i]);
    }
  }
}
