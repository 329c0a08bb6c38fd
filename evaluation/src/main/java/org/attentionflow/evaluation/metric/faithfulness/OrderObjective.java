package org.attentionflow.evaluation.metric.faithfulness;

import java.util.BitSet;
import java.util.List;
import org.attentionflow.evaluation.metric.MetricSettings;
import org.attentionflow.evaluation.perturbation.ValueFunction;

/**
 * AOPC as a function of an order: Σ_k w_k d(S_k), where S_k is the set of its first k features, d
 * the drop of the class's probability and w_k the share of the grid's points that remove k.
 *
 * @param values what the model says
 * @param target the class
 * @param absolute whether drops count without their sign
 * @param weights w_k, element k in 0 … N; the weights sum to 1
 * @param whole p of the whole input
 */
record OrderObjective(
    ValueFunction values, int target, boolean absolute, double[] weights, double whole) {
  static OrderObjective of(ValueFunction values, int target, MetricSettings settings) {
    int[] counts = settings.counts(settings.grid(), values.size());
    double[] weights = new double[values.size() + 1];
    int points = 0;
    for (int count : counts) {
      if (count > 0) {
        weights[count]++;
        points++;
      }
    }
    if (points == 0) {
      throw new IllegalArgumentException(
          "No share of the grid removes any of " + values.size() + " features.");
    }
    for (int k = 0; k < weights.length; k++) {
      weights[k] /= points;
    }
    double whole = Math.exp(values.logProbabilities(new BitSet())[target]);
    return new OrderObjective(values, target, settings.absolute(), weights, whole);
  }

  /** The number of features, N. */
  int size() {
    return values.size();
  }

  /** The greatest count that carries weight. */
  int deepest() {
    int k = size();
    while (weights[k] == 0) {
      k--;
    }
    return k;
  }

  /** The drops of sets, unweighted. */
  double[] drops(List<BitSet> sets) {
    double[][] log = values.logProbabilities(sets);
    double[] drops = new double[log.length];
    for (int i = 0; i < drops.length; i++) {
      double drop = whole - Math.exp(log[i][target]);
      drops[i] = absolute ? Math.abs(drop) : drop;
    }
    return drops;
  }
}
