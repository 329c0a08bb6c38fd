package org.attentionflow.evaluation.metric.faithfulness;

import java.util.Set;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricCard;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.MetricSetting;
import org.attentionflow.evaluation.metric.Scores;

/**
 * How far the drops of random removals are from the sums of scores, at the scale that suits the
 * scores best.
 */
public final class InfidelityMetric implements Metric {
  private static final MetricCard CARD =
      MetricCard.of("infidelity", Family.FAITHFULNESS, Direction.LOWER_IS_BETTER)
          .range(0, 1)
          .texts(
              "Mean squared difference between the drop of p(y) under random removals and the best"
                  + " multiple of the removed scores' sum.",
              "min over a of E_S (a * sum of scores in S - (p(x) - p(x without S)))^2; |S| uniform"
                  + " in 1 ... N",
              "Yeh et al., On the (in)fidelity and sensitivity of explanations, NeurIPS 2019");

  @Override
  public MetricCard card() {
    return CARD;
  }

  @Override
  public Set<MetricSetting> reads() {
    return Set.of(MetricSetting.SAMPLES, MetricSetting.SEED);
  }

  @Override
  public MetricResult evaluate(MetricInput input) {
    return Scores.problem(input, 1).orElseGet(() -> judge(RandomRemovals.draw(input)));
  }

  private static MetricResult judge(RandomRemovals removals) {
    double scale = removals.scale();
    return MetricResult.of(removals.squaredError(scale))
        .with("scale", scale)
        .with("unscaled", removals.squaredError(1));
  }
}
