package org.attentionflow.evaluation.metric.faithfulness;

import java.util.Set;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricCard;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.MetricSetting;
import org.attentionflow.evaluation.metric.Ranking;
import org.attentionflow.evaluation.metric.Scores;

/** The mean drop of the class's probability when the highest scores are removed first. */
public final class AopcMetric implements Metric {
  private static final MetricCard CARD =
      MetricCard.of("aopc", Family.FAITHFULNESS, Direction.HIGHER_IS_BETTER)
          .range(-1, 1)
          .texts(
              "Mean drop of p(y) over the shares of the grid, highest scores removed first.",
              "mean over q of p(x) - p(x without the top k(q)); with the option absolute the mean"
                  + " of magnitudes",
              "Samek et al., Evaluating the visualization of what a deep neural network has"
                  + " learned, IEEE TNNLS 28, 2017; shares as in Azarkhalili and Libbrecht, ACL"
                  + " 2025");

  @Override
  public MetricCard card() {
    return CARD;
  }

  @Override
  public Set<MetricSetting> reads() {
    return Set.of(
        MetricSetting.GRID, MetricSetting.ROUNDING, MetricSetting.DISTINCT, MetricSetting.ABSOLUTE);
  }

  @Override
  public MetricResult evaluate(MetricInput input) {
    return Scores.problem(input, 1).orElseGet(() -> judge(input));
  }

  private static MetricResult judge(MetricInput input) {
    int[] counts = input.settings().counts(input.settings().grid(), input.size());
    RemovalCurve curve = RemovalCurve.removing(input, Ranking.descending(input.scores()), counts);
    return curve.mean("drop", Drops.of(curve, input.settings()), input.scores());
  }
}
