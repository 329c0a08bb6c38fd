package org.attentionflow.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.attentionflow.engine.AttentionLayer;
import org.attentionflow.engine.Quantity;
import org.attentionflow.information.Aggregator;

/**
 * An aggregator that asserts what its interface promises, around another: the layer holds what is
 * needed and stays as it is, and every value is written, finite and not negative. Failures are
 * {@link AssertionError}s.
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
    int before = contents(layer);
    Arrays.fill(into, Double.NaN);
    aggregator.elements(layer, first, into);
    Checks.that(contents(layer) == before, () -> name() + " changed the layer it was given.");
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

  private static int contents(AttentionLayer layer) {
    int attention = Arrays.hashCode(layer.attention().values());
    return 31 * attention + layer.gradient().map(g -> Arrays.hashCode(g.values())).orElse(0);
  }
}
