package org.attentionflow.evaluation.metric.faithfulness;

import java.util.Set;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricCard;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.MetricSetting;
import org.attentionflow.evaluation.metric.Scores;

/** The share of the variance of random removals that the scores explain at their best scale. */
public final class InfidelityR2Metric implements Metric {
  private static final MetricCard CARD =
      MetricCard.of("infidelity-r2", Family.FAITHFULNESS, Direction.HIGHER_IS_BETTER)
          .range(Double.NEGATIVE_INFINITY, 1)
          .texts(
              "Share of the variance of the drops of p(y) under random removals that the removed"
                  + " scores' sum explains.",
              "1 - infidelity / variance of the drops; below 0 if the mean drop predicts better",
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
    double variance = removals.variance();
    double scale = removals.scale();
    MetricResult result =
        variance == 0
            ? MetricResult.undefined("All drops are equal.")
            : MetricResult.of(1 - removals.squaredError(scale) / variance);
    return result.with("scale", scale).with("variance", variance);
  }
}
