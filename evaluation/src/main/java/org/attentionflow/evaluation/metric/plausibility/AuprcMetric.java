package org.attentionflow.evaluation.metric.plausibility;

import java.util.Set;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricCard;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.MetricSetting;

/** The area under precision over recall of the marked features, by trapezoids. */
public final class AuprcMetric implements Metric {
  private static final MetricCard CARD =
      MetricCard.of("auprc", Family.PLAUSIBILITY, Direction.HIGHER_IS_BETTER)
          .range(0, 1)
          .comparable()
          .needing(Need.RATIONALE)
          .texts(
              "Area under the precision-recall curve of what people marked, by trapezoids.",
              "trapezoids of precision over recall as the threshold falls, begun at (0, 1); equal"
                  + " scores enter together",
              "DeYoung et al., ERASER, ACL 2020");

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
    return MetricResult.of(curve.area()).with("precision", curve.recall(), curve.precision());
  }
}
