package org.attentionflow.evaluation.metric.plausibility;

import java.util.Set;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricCard;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.MetricSetting;

/** The mean precision at the marked features. */
public final class AveragePrecisionMetric implements Metric {
  private static final MetricCard CARD =
      MetricCard.of("average-precision", Family.PLAUSIBILITY, Direction.HIGHER_IS_BETTER)
          .range(0, 1)
          .comparable()
          .needing(Need.RATIONALE)
          .texts(
              "Precision, averaged over the gains of recall: the precision-recall curve without"
                  + " interpolation.",
              "sum over distinct scores of precision * gain of recall",
              "Davis and Goadrich, ICML 2006; Edin et al., ACL 2025");

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
    return Rationales.problem(input, false).orElseGet(() -> judge(input));
  }

  private static MetricResult judge(MetricInput input) {
    PrecisionRecall curve = PrecisionRecall.of(input.scores(), input.requireRationale());
    return MetricResult.of(curve.averagePrecision())
        .with("precision", curve.recall(), curve.precision());
  }
}
