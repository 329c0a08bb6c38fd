package org.attentionflow.evaluation.metric.faithfulness;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.perturbation.FeatureSets;

/** What each feature's removal alone does. */
final class LeaveOneOut {
  private LeaveOneOut() {}

  /** Per feature p(x) − p(x without it). */
  static double[] drops(MetricInput input) {
    List<BitSet> sets = new ArrayList<>();
    sets.add(new BitSet());
    for (int i = 0; i < input.size(); i++) {
      sets.add(FeatureSets.first(new int[] {i}, 1));
    }
    double[][] log = input.requireValues().logProbabilities(sets);
    double[] drops = new double[input.size()];
    for (int i = 0; i < drops.length; i++) {
      drops[i] = Math.exp(log[0][input.target()]) - Math.exp(log[i + 1][input.target()]);
    }
    return drops;
  }
}
