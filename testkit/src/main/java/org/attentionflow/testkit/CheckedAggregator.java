package org.attentionflow.testkit;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Quantity;
import org.attentionflow.information.Aggregator;
import org.attentionflow.tensor.FloatTensor;

/**
 * An aggregator that asserts what its interface promises, around another: the layer holds what is
 * needed, the elements asked for stay as they are, and every value is written, finite and not
 * negative. Failures are {@link AssertionError}s.
 */
public final class CheckedAggregator implements Aggregator {
  private final Aggregator aggregator;

  /** Wraps an aggregator. */
  public CheckedAggregator(Aggregator aggregator) {
    this.aggregator = aggregator;
  }

  @Override
  public String name() {
    return aggregator.name();
  }

  @Override
  public List<String> aliases() {
    return aggregator.aliases();
  }

  @Override
  public String summary() {
    return aggregator.summary();
  }

  @Override
  public String source() {
    return aggregator.source();
  }

  @Override
  public Set<Quantity> needs() {
    return aggregator.needs();
  }

  @Override
  public void elements(AttentionLayer layer, int first, double[] into) {
    boolean gradient = aggregator.needs().contains(Quantity.ATTENTION_GRADIENT);
    Checks.that(
        layer.gradient().isPresent() || !gradient,
        () -> name() + " needs the gradient of the attention, which was not captured.");
    int count = layer.attention().values().length;
    Checks.that(
        first >= 0 && first <= count - into.length,
        () -> into.length + " elements from " + first + " on are not among " + count + ".");
    int before = contents(layer, first, into.length);
    Arrays.fill(into, Double.NaN);
    aggregator.elements(layer, first, into);
    Checks.that(
        contents(layer, first, into.length) == before,
        () -> name() + " changed the layer it was given.");
    for (int i = 0; i < into.length; i++) {
      double value = into[i];
      int query = (first + i) / layer.keyCount() % layer.queryCount();
      int key = (first + i) % layer.keyCount();
      Checks.that(
          value >= 0 && value < Double.POSITIVE_INFINITY,
          () ->
              name()
                  + " gives "
                  + value
                  + " from key "
                  + key
                  + " to query "
                  + query
                  + "; it must be finite and not negative. Maybe the value was not clipped at"
                  + " zero, or never written.");
    }
  }

  private static int contents(AttentionLayer layer, int first, int count) {
    return 31 * contents(layer.attention(), first, count)
        + layer.gradient().map(gradient -> contents(gradient, first, count)).orElse(0);
  }

  private static int contents(FloatTensor tensor, int first, int count) {
    return FloatBuffer.wrap(tensor.values(), first, count).hashCode();
  }
}
