package org.attentionflow.docs;

// snippet: aggregator
import java.util.EnumSet;
import java.util.Set;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Quantity;
import org.attentionflow.information.Aggregator;

/** Attention times gradient without regard to sign: Ā = E_h(|A ∘ ∇A|). */
public final class AbsoluteGradientAggregator implements Aggregator {
  @Override
  public String name() {
    return "absolute-gradient";
  }

  @Override
  public String summary() {
    return "The magnitude of attention times its gradient, E_h(|A dA|).";
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
      into[i] = Math.abs((double) attention[first + i] * gradient[first + i]);
    }
  }
}
// end
