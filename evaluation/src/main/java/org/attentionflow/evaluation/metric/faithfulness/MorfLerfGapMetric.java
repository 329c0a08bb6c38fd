package org.attentionflow.evaluation.metric.faithfulness;

import java.util.Set;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricCard;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.MetricSetting;
import org.attentionflow.evaluation.metric.Ranking;
import org.attentionflow.evaluation.metric.Scores;

/**
 * How much further the class's probability falls when the highest scores go first than when the
 * lowest do.
 */
public final class MorfLerfGapMetric implements Metric {
  private static final MetricCard CARD =
      MetricCard.of("morf-lerf-gap", Family.FAITHFULNESS, Direction.HIGHER_IS_BETTER)
          .range(-1, 1)
          .alias("abpc")
          .texts(
              "Mean over the grid of p(y) with the lowest scores removed minus p(y) with the"
                  + " highest removed.",
              "mean over q of p(x without the bottom k(q)) - p(x without the top k(q))",
              "area between perturbation curves: Samek et al., IEEE TNNLS 28, 2017; Schulz et al.,"
                  + " ICLR 2020");

  @Override
  public MetricCard card() {
    return CARD;
  }

  @Override
  public Set<MetricSetting> reads() {
    return Set.of(
        MetricSetting.GRID,
        MetricSetting.ROUNDING,
        MetricSetting.DISTINCT,
        MetricSetting.REVERSED_TIES);
  }

  @Override
  public MetricResult evaluate(MetricInput input) {
    return Scores.problem(input, 1).orElseGet(() -> judge(input));
  }

  private static MetricResult judge(MetricInput input) {
    int[] counts = input.settings().counts(input.settings().grid(), input.size());
    RemovalCurve most = RemovalCurve.removing(input, Ranking.descending(input.scores()), counts);
    RemovalCurve least =
        RemovalCurve.removing(input, Ranking.ascending(input.scores(), input.settings()), counts);
    double[] gap = least.map(Math::exp);
    double[] lower = most.map(Math::exp);
    for (int i = 0; i < gap.length; i++) {
      gap[i] -= lower[i];
    }
    return most.mean("gap", gap, input.scores());
  }
}
