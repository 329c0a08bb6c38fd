package org.attentionflow.information;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Quantity;

/** The attention itself: Ā = E_h(A). Called AF by Generalized Attention Flow. */
public final class AttentionAggregator implements Aggregator {
  @Override
  public String name() {
    return "attention";
  }

  @Override
  public List<String> aliases() {
    return List.of("af");
  }

  @Override
  public String summary() {
    return "AF: the attention itself, E_h(A); it does not depend on the target.";
  }

  @Override
  public String source() {
    return "Azarkhalili and Libbrecht, Generalized Attention Flow, ACL 2025";
  }

  @Override
  public Set<Quantity> needs() {
    return EnumSet.of(Quantity.ATTENTION);
  }

  @Override
  public void elements(AttentionLayer layer, int first, double[] into) {
    float[] attention = layer.attention().values();
    for (int i = 0; i < into.length; i++) {
      into[i] = attention[first + i];
    }
  }
}
