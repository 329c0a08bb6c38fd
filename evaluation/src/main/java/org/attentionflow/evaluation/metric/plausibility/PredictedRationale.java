package org.attentionflow.evaluation.metric.plausibility;

import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.Ranking;
import org.attentionflow.evaluation.metric.Rounding;

/** The features a method would mark: those with the highest scores. */
final class PredictedRationale {
  private PredictedRationale() {}

  /**
   * As many features as people mark: ⌈share · N⌉ with the mean share of the data set, or, without
   * one, as many as in this example.
   */
  static boolean[] of(MetricInput input) {
    boolean[] human = input.requireRationale();
    int count = 0;
    for (boolean marked : human) {
      count += marked ? 1 : 0;
    }
    if (input.settings().rationaleShare().isPresent()) {
      double share = input.settings().rationaleShare().getAsDouble();
      count = Rounding.CEILING.count(share, input.size());
    }
    int[] order = Ranking.descending(input.scores());
    boolean[] predicted = new boolean[input.size()];
    for (int i = 0; i < count; i++) {
      predicted[order[i]] = true;
    }
    return predicted;
  }
}
