package org.attentionflow.evaluation.metric.faithfulness;

import java.util.Set;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricCard;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.MetricSetting;
import org.attentionflow.evaluation.metric.Ranking;
import org.attentionflow.evaluation.metric.Scores;

/** The mean drop of the class's probability when the rationale, the highest scores, is removed. */
public final class ComprehensivenessMetric implements Metric {
  private static final MetricCard CARD =
      MetricCard.of("comprehensiveness", Family.FAITHFULNESS, Direction.HIGHER_IS_BETTER)
          .range(-1, 1)
          .texts(
              "Mean drop of p(y) over the bins when the highest scores are removed.",
              "mean over q in bins of p(x) - p(x without the top k(q)); a bin that removes nothing"
                  + " is left out",
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
    RemovalCurve curve = RemovalCurve.removing(input, Ranking.descending(input.scores()), counts);
    return curve.mean("drop", Drops.of(curve, input.settings()), input.scores());
  }
}
