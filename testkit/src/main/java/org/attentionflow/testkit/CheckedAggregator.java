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
  public void head(AttentionLayer layer, int head, double[] into) {
    boolean gradient = aggregator.needs().contains(Quantity.ATTENTION_GRADIENT);
    Checks.that(
        layer.gradient().isPresent() || !gradient,
        () -> name() + " needs the gradient of the attention, which was not captured.");
    Checks.that(
        head >= 0 && head < layer.headCount(),
        () -> "Head " + head + " is not one of " + layer.headCount() + ".");
    Checks.that(
        into.length == layer.queryCount() * layer.keyCount(),
        () ->
            "A head has " + layer.queryCount() * layer.keyCount() + " values, not " + into.length);
    int before = contents(layer);
    Arrays.fill(into, Double.NaN);
    aggregator.head(layer, head, into);
    Checks.that(contents(layer) == before, () -> name() + " changed the layer it was given.");
    for (int i = 0; i < into.length; i++) {
      double value = into[i];
      int query = i / layer.keyCount();
      int key = i % layer.keyCount();
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
