package org.attentionflow.evaluation.metric.faithfulness;

import java.util.Set;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricCard;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.MetricSetting;
import org.attentionflow.evaluation.metric.Ranking;
import org.attentionflow.evaluation.metric.Scores;

/** The mean change of the class's log-odds when the highest scores are removed first. */
public final class LogitOddsMetric implements Metric {
  private static final MetricCard CARD =
      MetricCard.of("logit-odds", Family.FAITHFULNESS, Direction.LOWER_IS_BETTER)
          .texts(
              "Mean change of the log-odds of y, true odds p/(1-p), over the shares of the grid.",
              "mean over q of L(x without the top k(q)) - L(x), L = ln(p / (1 - p))",
              "Shrikumar et al., ICML 2017");

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
    double[] change = curve.logOdds().clone();
    for (int i = 0; i < change.length; i++) {
      change[i] -= curve.wholeOdds();
    }
    return curve.mean("log-odds-change", change, input.scores());
  }
}
