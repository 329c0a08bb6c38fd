package org.attentionflow.information;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Quantity;

/** The positive part of the gradient: Ā = E_h(⌊∇A⌋₊). Called GF by Generalized Attention Flow. */
public final class GradientAggregator implements Aggregator {
  @Override
  public String name() {
    return "gradient";
  }

  @Override
  public List<String> aliases() {
    return List.of("gf");
  }

  @Override
  public String summary() {
    return "GF: the positive part of the gradient with respect to attention, E_h(max(dA, 0)).";
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
    float[] gradient = layer.gradient().orElseThrow().values();
    for (int i = 0; i < into.length; i++) {
      into[i] = positivePart(gradient[first + i]);
    }
  }

  /**
   * max(x, 0) of a product of 32-bit numbers, exactly; what is not finite gives NaN or infinity and
   * is refused later. Without a branch, which would be mispredicted every other time.
   */
  static double positivePart(double x) {
    return 0.5 * (x + Math.abs(x));
  }
}
