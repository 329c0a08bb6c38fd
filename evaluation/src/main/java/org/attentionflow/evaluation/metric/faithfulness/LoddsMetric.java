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
 * The mean logarithm of the ratio of the class's probabilities without and with the highest scores.
 */
public final class LoddsMetric implements Metric {
  private static final MetricCard CARD =
      MetricCard.of("lodds", Family.FAITHFULNESS, Direction.LOWER_IS_BETTER)
          .alias("log-odds")
          .texts(
              "Mean of log p(y) without the highest scores minus log p(y), over the shares of the"
                  + " grid.",
              "mean over q of ln(p(x without the top k(q)) / p(x))",
              "Shrikumar et al., ICML 2017; as a ratio of probabilities in Chen and Ji, EMNLP 2020"
                  + " and Azarkhalili and Libbrecht, ACL 2025");

  @Override
  public MetricCard card() {
    return CARD;
  }

  @Override
  public Set<MetricSetting> reads() {
    return Set.of(MetricSetting.GRID, MetricSetting.ROUNDING, MetricSetting.DISTINCT);
  }

  @Override
  public MetricResult evaluate(MetricInput input) {
    return Scores.problem(input, 1).orElseGet(() -> judge(input));
  }

  private static MetricResult judge(MetricInput input) {
    int[] counts = input.settings().counts(input.settings().grid(), input.size());
    RemovalCurve curve = RemovalCurve.removing(input, Ranking.descending(input.scores()), counts);
    return curve.mean(
        "log-ratio", curve.map(logProbability -> logProbability - curve.whole()), input.scores());
  }
}
