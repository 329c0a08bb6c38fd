package org.attentionflow.evaluation.metric.faithfulness;

import org.attentionflow.evaluation.metric.MetricSettings;
import org.attentionflow.evaluation.perturbation.ValueFunction;

/**
 * The least and the greatest AOPC that any order of removal reaches on an example: the floor and
 * the ceiling of every explanation of it if the search was exact. Otherwise inner bounds: the true
 * floor is at most the lower, the true ceiling at least the upper.
 *
 * @param lower the least AOPC
 * @param upper the greatest AOPC
 * @param lowerOrder an order that reaches it, all features, first removed first
 * @param upperOrder an order that reaches it, all features, first removed first
 * @param search how they were found
 */
public record OrderBounds(
    double lower, double upper, int[] lowerOrder, int[] upperOrder, BoundSearch search) {
  /**
   * Finds the bounds: exactly up to {@link MetricSettings#exactLimit} features, otherwise by a beam
   * of {@link MetricSettings#beamWidth}, feature by feature.
   *
   * @param values what the model says of the example
   * @param target the class
   * @param settings the grid, the rounding, the sign of drops and the limits of the search
   * @throws IllegalArgumentException if there are no features, or no share removes anything
   */
  public static OrderBounds find(ValueFunction values, int target, MetricSettings settings) {
    OrderObjective objective = OrderObjective.of(values, target, settings);
    return values.size() <= settings.exactLimit()
        ? of(BoundSearch.EXACT, new SubsetProgram(objective))
        : of(BoundSearch.BEAM, BeamSearch.byFeature(objective, settings.beamWidth()));
  }

  /**
   * The same, but in blocks between the counts of the grid where there are many features; and
   * wherever the search is not exact, also backward from everything removed, in such blocks. The
   * better order counts. In blocks, at most 4 · width · N evaluations per count.
   *
   * @param beamLimit up to how many features the beam goes feature by feature
   * @throws IllegalArgumentException if there are no features, or no share removes anything
   */
  public static OrderBounds find(
      ValueFunction values, int target, MetricSettings settings, int beamLimit) {
    if (values.size() <= settings.exactLimit()) {
      return find(values, target, settings);
    }
    OrderObjective objective = OrderObjective.of(values, target, settings);
    int width = settings.beamWidth();
    boolean isShort = values.size() <= beamLimit;
    return of(
        isShort ? BoundSearch.BEAM : BoundSearch.BLOCKS,
        isShort ? BeamSearch.byFeature(objective, width) : BeamSearch.inBlocks(objective, width),
        BeamSearch.backward(objective, width));
  }

  private static OrderBounds of(BoundSearch kind, OrderSearch... searches) {
    OrderSearch.Found upper = best(1, searches);
    OrderSearch.Found lower = best(-1, searches);
    return new OrderBounds(-lower.value(), upper.value(), lower.order(), upper.order(), kind);
  }

  /** What the best search finds; of equals the first. */
  private static OrderSearch.Found best(int sign, OrderSearch... searches) {
    OrderSearch.Found best = searches[0].best(sign);
    for (int i = 1; i < searches.length; i++) {
      OrderSearch.Found found = searches[i].best(sign);
      best = found.value() > best.value() ? found : best;
    }
    return best;
  }

  /** Whether the bounds are those of all orders. */
  public boolean exact() {
    return search == BoundSearch.EXACT;
  }
}
