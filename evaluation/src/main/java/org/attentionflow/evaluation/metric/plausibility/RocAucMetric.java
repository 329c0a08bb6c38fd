package org.attentionflow.evaluation.metric.plausibility;

import java.util.Set;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricCard;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.MetricSetting;
import org.attentionflow.evaluation.metric.Ranking;

/** The probability that a marked feature scores higher than an unmarked one. */
public final class RocAucMetric implements Metric {
  private static final MetricCard CARD =
      MetricCard.of("roc-auc", Family.PLAUSIBILITY, Direction.HIGHER_IS_BETTER)
          .range(0, 1)
          .comparable()
          .needing(Need.RATIONALE)
          .texts(
              "Probability that a marked feature scores higher than an unmarked one, ties counting"
                  + " half.",
              "(sum of ranks of marked - m (m + 1) / 2) / (m (N - m)), equal scores sharing their"
                  + " mean rank",
              "Hanley and McNeil, Radiology 143, 1982");

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
    return Rationales.problem(input, true).orElseGet(() -> judge(input));
  }

  private static MetricResult judge(MetricInput input) {
    double[] ranks = Ranking.ranks(input.scores());
    boolean[] human = input.requireRationale();
    double sum = 0;
    double marked = 0;
    for (int i = 0; i < ranks.length; i++) {
      sum += human[i] ? ranks[i] : 0;
      marked += human[i] ? 1 : 0;
    }
    double unmarked = ranks.length - marked;
    return MetricResult.of((sum - marked * (marked + 1) / 2) / (marked * unmarked));
  }
}
