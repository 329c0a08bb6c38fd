package org.attentionflow.evaluation.metric.faithfulness;

import org.attentionflow.evaluation.metric.MetricSettings;
import org.attentionflow.evaluation.perturbation.ValueFunction;

/**
 * The least and the greatest AOPC that any order of removal reaches on an example: the floor and
 * the ceiling of every explanation of it.
 *
 * @param lower the least AOPC
 * @param upper the greatest AOPC
 * @param lowerOrder an order that reaches it, all features, first removed first
 * @param upperOrder an order that reaches it, all features, first removed first
 * @param exact whether the bounds are those of all orders; otherwise they are the best that a
 *     search found, and other orders may lie beyond them
 */
public record OrderBounds(
    double lower, double upper, int[] lowerOrder, int[] upperOrder, boolean exact) {
  /**
   * Finds the bounds: exactly up to {@link MetricSettings#exactLimit} features, otherwise by beam
   * search.
   *
   * @param values what the model says of the example
   * @param target the class
   * @param settings the grid, the rounding, the sign of drops and the limits of the search
   * @throws IllegalArgumentException if there are no features, or no share removes anything
   */
  public static OrderBounds find(ValueFunction values, int target, MetricSettings settings) {
    OrderObjective objective = OrderObjective.of(values, target, settings);
    boolean exact = values.size() <= settings.exactLimit();
    OrderSearch search =
        exact ? new SubsetProgram(objective) : new BeamSearch(objective, settings.beamWidth());
    OrderSearch.Found upper = search.best(1);
    OrderSearch.Found lower = search.best(-1);
    return new OrderBounds(-lower.value(), upper.value(), lower.order(), upper.order(), exact);
  }
}
