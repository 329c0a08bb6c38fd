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
 * The mean drop of the class's probability when only the rationale, the highest scores, is kept.
 */
public final class SufficiencyMetric implements Metric {
  private static final MetricCard CARD =
      MetricCard.of("sufficiency", Family.FAITHFULNESS, Direction.LOWER_IS_BETTER)
          .range(-1, 1)
          .texts(
              "Mean drop of p(y) over the bins when only the highest scores are kept.",
              "mean over q in bins of p(x) - p(only the top k(q) of x); a bin that keeps nothing or"
                  + " everything is left out",
              "DeYoung et al., ERASER, ACL 2020");

  @Override
  public MetricCard card() {
    return CARD;
  }

  @Override
  public Set<MetricSetting> reads() {
    return Set.of(
        MetricSetting.BINS, MetricSetting.ROUNDING, MetricSetting.DISTINCT, MetricSetting.ABSOLUTE);
  }

  @Override
  public MetricResult evaluate(MetricInput input) {
    return Scores.problem(input, 1).orElseGet(() -> judge(input));
  }

  private static MetricResult judge(MetricInput input) {
    int[] counts = input.settings().counts(input.settings().bins(), input.size());
    RemovalCurve curve = RemovalCurve.keeping(input, Ranking.descending(input.scores()), counts);
    return curve.mean("drop", Drops.of(curve, input.settings()), input.scores());
  }
}
