package org.attentionflow.evaluation.metric.faithfulness;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Set;
import org.attentionflow.evaluation.metric.Correlation;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricCard;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.MetricSetting;
import org.attentionflow.evaluation.metric.Ranking;
import org.attentionflow.evaluation.metric.Scores;

/** How far the order of the scores agrees with that of the leave-one-out drops. */
public final class TauLooMetric implements Metric {
  private static final MetricCard CARD =
      MetricCard.of("tau-loo", Family.FAITHFULNESS, Direction.HIGHER_IS_BETTER)
          .range(-1, 1)
          .texts(
              "Kendall's tau-b between the scores and the drops of p(y) when each feature alone is"
                  + " removed.",
              "tau-b of (score_i) and (p(x) - p(x without i)); undefined if either is constant",
              "Jain and Wallace, NAACL 2019; Attanasio et al., ferret, EACL 2023");

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
    return Scores.problem(input, 2).orElseGet(() -> judge(input));
  }

  private static MetricResult judge(MetricInput input) {
    double[] drops = LeaveOneOut.drops(input);
    OptionalDouble tau = Correlation.kendall(input.scores(), drops);
    MetricResult result =
        tau.isPresent()
            ? MetricResult.of(tau.getAsDouble())
            : MetricResult.undefined("All scores or all drops are equal.");
    double[] positions = new double[drops.length];
    Arrays.setAll(positions, i -> i);
    return result
        .with("tie-share", Ranking.tieShare(input.scores()))
        .with("drop", positions, drops);
  }
}
