package org.attentionflow.evaluation.metric.faithfulness;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.Ranking;
import org.attentionflow.evaluation.perturbation.FeatureSets;

/** Areas under the class's probability for every count 0 … N, by trapezoids over k / N. */
final class AreaUnderCurve {
  private AreaUnderCurve() {}

  /** The highest k scores are removed. */
  static MetricResult removing(MetricInput input) {
    return area(input, false);
  }

  /** Only the highest k scores are left. */
  static MetricResult inserting(MetricInput input) {
    return area(input, true);
  }

  private static MetricResult area(MetricInput input, boolean inserting) {
    int size = input.size();
    int[] order = Ranking.descending(input.scores());
    List<BitSet> sets = new ArrayList<>();
    double[] shares = new double[size + 1];
    for (int k = 0; k <= size; k++) {
      BitSet top = FeatureSets.first(order, k);
      sets.add(inserting ? FeatureSets.complement(top, size) : top);
      shares[k] = (double) k / size;
    }
    double[][] log = input.requireValues().logProbabilities(sets);
    double[] p = new double[size + 1];
    double area = 0;
    for (int k = 0; k <= size; k++) {
      p[k] = Math.exp(log[k][input.target()]);
      area += k == 0 ? 0 : 0.5 * (p[k - 1] + p[k]) / size;
    }
    return MetricResult.of(area)
        .with("tie-share", Ranking.tieShare(input.scores()))
        .with("probability", shares, p);
  }
}
