package org.attentionflow.evaluation.metric.faithfulness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.Ranking;
import org.attentionflow.evaluation.perturbation.FeatureSets;
import org.attentionflow.evaluation.perturbation.ValueFunction;

/**
 * What becomes of the class along the shares of a grid. A share that removes nothing has no value
 * here, and no part in a mean.
 *
 * @param shares per point the share of features, k / N
 * @param logProbabilities per point log p of the class; NaN where nothing is removed
 * @param logOdds per point log p − log(1 − p) of the class; NaN where nothing is removed
 * @param whole log p of the whole input
 * @param wholeOdds log p − log(1 − p) of the whole input
 */
record RemovalCurve(
    double[] shares, double[] logProbabilities, double[] logOdds, double whole, double wholeOdds) {
  /**
   * The first k features of an order are removed.
   *
   * @param counts the counts k
   */
  static RemovalCurve removing(MetricInput input, int[] order, int[] counts) {
    List<BitSet> sets = new ArrayList<>();
    for (int count : counts) {
      sets.add(FeatureSets.first(order, count));
    }
    return of(input, counts, sets);
  }

  /** All but the first k features of an order are removed; nothing is kept where k is 0. */
  static RemovalCurve keeping(MetricInput input, int[] order, int[] counts) {
    List<BitSet> sets = new ArrayList<>();
    for (int count : counts) {
      BitSet kept = FeatureSets.first(order, count);
      sets.add(count == 0 ? new BitSet() : FeatureSets.complement(kept, order.length));
    }
    return of(input, counts, sets);
  }

  private static RemovalCurve of(MetricInput input, int[] counts, List<BitSet> sets) {
    ValueFunction values = input.requireValues();
    int target = input.target();
    double[] whole = values.logProbabilities(new BitSet());
    double[] shares = new double[counts.length];
    double[] log = new double[counts.length];
    double[] odds = new double[counts.length];
    Arrays.fill(log, Double.NaN);
    Arrays.fill(odds, Double.NaN);
    for (int i = 0; i < counts.length; i++) {
      shares[i] = (double) counts[i] / input.size();
      if (!sets.get(i).isEmpty()) {
        double[] left = values.logProbabilities(sets.get(i));
        log[i] = left[target];
        odds[i] = odds(left, target);
      }
    }
    return new RemovalCurve(shares, log, odds, whole[target], odds(whole, target));
  }

  /** log p − log Σ_{c ≠ y} p_c, without the cancellation of 1 − p. */
  private static double odds(double[] logProbabilities, int target) {
    double most = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < logProbabilities.length; c++) {
      most = c == target ? most : Math.max(most, logProbabilities[c]);
    }
    double sum = 0;
    for (int c = 0; c < logProbabilities.length; c++) {
      sum += c == target ? 0 : Math.exp(logProbabilities[c] - most);
    }
    return logProbabilities[target] - most - Math.log(sum);
  }

  /** p of the whole input. */
  double wholeProbability() {
    return Math.exp(whole);
  }

  /** A function of log p, point by point. */
  double[] map(DoubleUnaryOperator function) {
    return Arrays.stream(logProbabilities).map(function).toArray();
  }

  /**
   * The mean of a curve over the points that have a value, with the curve, p of the class and the
   * share of ties.
   *
   * @param name what the curve shows
   * @param y one number per point, NaN where there is none
   */
  MetricResult mean(String name, double[] y, double[] scores) {
    double sum = 0;
    int count = 0;
    for (double value : y) {
      sum += Double.isNaN(value) ? 0 : value;
      count += Double.isNaN(value) ? 0 : 1;
    }
    MetricResult result =
        count == 0
            ? MetricResult.undefined("No share of the grid removes anything.")
            : MetricResult.of(sum / count);
    return result
        .with("points", count)
        .with("tie-share", Ranking.tieShare(scores))
        .with(name, shares, y)
        .with("probability", shares, map(Math::exp));
  }
}
