package org.attentionflow.evaluation.metric.sanity;

import java.util.BitSet;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import org.attentionflow.evaluation.metric.Correlation;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricCard;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.MetricSetting;
import org.attentionflow.evaluation.metric.Scores;

/**
 * Whether scores depend on the class they explain: their rank correlation with the scores of
 * another class. A method that ignores the target, as attention flow does, scores 1 and has failed.
 */
public final class RandomLogitMetric implements Metric {
  private static final MetricCard CARD =
      MetricCard.of("random-logit", Family.SANITY, Direction.LOWER_IS_BETTER)
          .range(-1, 1)
          .comparable()
          .needing(Need.REATTRIBUTION, Need.VALUES)
          .texts(
              "Rank correlation of the scores with those of another class, drawn at random.",
              "Spearman's rho of phi(x, y) and phi(x, c), c drawn from the classes other than y",
              "Sixt et al., When explanations lie, ICML 2020");

  @Override
  public MetricCard card() {
    return CARD;
  }

  @Override
  public Set<MetricSetting> reads() {
    return Set.of(MetricSetting.SEED);
  }

  @Override
  public MetricResult evaluate(MetricInput input) {
    return Scores.problem(input, 2).orElseGet(() -> judge(input));
  }

  private static MetricResult judge(MetricInput input) {
    int classCount = input.requireValues().logProbabilities(new BitSet()).length;
    if (classCount < 2) {
      return MetricResult.undefined("The model has one class.");
    }
    int drawn = new SplittableRandom(input.seed()).nextInt(classCount - 1);
    int other = drawn < input.target() ? drawn : drawn + 1;
    double[] scores = input.requireReattribution().scores(other);
    OptionalDouble correlation = Correlation.spearman(input.scores(), scores);
    MetricResult result =
        correlation.isPresent()
            ? MetricResult.of(correlation.getAsDouble())
            : MetricResult.undefined("All scores of one of the classes are equal.");
    return result.with("class", other);
  }
}
