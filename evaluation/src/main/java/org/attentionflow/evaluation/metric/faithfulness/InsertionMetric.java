package org.attentionflow.evaluation.metric.faithfulness;

import java.util.Set;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricCard;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.MetricSetting;
import org.attentionflow.evaluation.metric.Scores;

/**
 * The area under the class's probability while features are put back one by one, highest scores
 * first.
 */
public final class InsertionMetric implements Metric {
  private static final MetricCard CARD =
      MetricCard.of("insertion", Family.FAITHFULNESS, Direction.HIGHER_IS_BETTER)
          .range(0, 1)
          .alias("insertion-auc")
          .texts(
              "Area under p(y) while all features are put back one by one, highest scores first.",
              "trapezoids of p(only the top k of x) over k/N, k = 0 ... N",
              "Petsiuk et al., RISE, BMVC 2018");

  @Override
  public MetricCard card() {
    return CARD;
  }

  @Override
  public Set<MetricSetting> reads() {
    return Set.of();
  }

  @Override
  public MetricResult evaluate(MetricInput input) {
    return Scores.problem(input, 1).orElseGet(() -> judge(input));
  }

  private static MetricResult judge(MetricInput input) {
    return AreaUnderCurve.inserting(input);
  }
}
