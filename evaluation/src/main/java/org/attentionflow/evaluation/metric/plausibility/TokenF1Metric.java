package org.attentionflow.evaluation.metric.plausibility;

import java.util.Set;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricCard;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.MetricSetting;

/** How well the highest scores and the features people marked are the same. */
public final class TokenF1Metric implements Metric {
  private static final MetricCard CARD =
      MetricCard.of("token-f1", Family.PLAUSIBILITY, Direction.HIGHER_IS_BETTER)
          .range(0, 1)
          .comparable()
          .needing(Need.RATIONALE)
          .texts(
              "F1 between the highest scores and what people marked.",
              "2PR/(P + R) of the top k features and the marked ones; k = ceil(mean marked share of"
                  + " the data set * N), or the number marked in the example",
              "DeYoung et al., ERASER, ACL 2020");

  @Override
  public MetricCard card() {
    return CARD;
  }

  @Override
  public Set<MetricSetting> reads() {
    return Set.of(MetricSetting.RATIONALE_SHARE);
  }

  @Override
  public MetricResult evaluate(MetricInput input) {
    return Rationales.problem(input, false).orElseGet(() -> judge(input));
  }

  private static MetricResult judge(MetricInput input) {
    boolean[] predicted = PredictedRationale.of(input);
    boolean[] human = input.requireRationale();
    double both = 0;
    double predictedCount = 0;
    double humanCount = 0;
    for (int i = 0; i < human.length; i++) {
      both += predicted[i] && human[i] ? 1 : 0;
      predictedCount += predicted[i] ? 1 : 0;
      humanCount += human[i] ? 1 : 0;
    }
    double precision = both / predictedCount;
    double recall = both / humanCount;
    return MetricResult.of(Rationales.f1(precision, recall))
        .with("precision", precision)
        .with("recall", recall)
        .with("iou", both / (predictedCount + humanCount - both));
  }
}
