package org.attentionflow.evaluation.metric.sanity;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Set;
import org.attentionflow.evaluation.metric.Correlation;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricCard;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.MetricSetting;
import org.attentionflow.evaluation.metric.Scores;

/**
 * The scores beside the exact Shapley values of the model's own game on the example, and the axioms
 * that single Shapley values out, checked on the scores. A flow's scores are Shapley values of
 * another game, that of its flow, which this does not ask about.
 */
public final class ShapleyMetric implements Metric {
  /** The most features: 4,096 evaluations. */
  public static final int MOST_FEATURES = 12;

  /** Probabilities of 32-bit logits are equal within this: some steps of a float near 1. */
  private static final double EQUAL = 1e-6;

  private static final MetricCard CARD =
      MetricCard.of("shapley", Family.SANITY, Direction.HIGHER_IS_BETTER)
          .range(-1, 1)
          .texts(
              "Correlation of the scores with the exact Shapley values of p(y), up to 12 features;"
                  + " with checks of the axioms.",
              "Pearson's r of phi and Shapley(v), v(S) = p(only S of x); efficiency-gap ="
                  + " |sum phi - (v(E) - v(0))|; null-score = largest |phi| of null players over"
                  + " the largest |phi|; symmetry-gap likewise for interchangeable pairs",
              "Shapley, 1953; Lundberg and Lee, NeurIPS 2017; Ethayarajh and Jurafsky, ACL 2021");

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
    if (input.size() > MOST_FEATURES) {
      return MetricResult.undefined(
          "The example has "
              + input.size()
              + " features; up to "
              + MOST_FEATURES
              + " are enumerated.");
    }
    return Scores.problem(input, 2).orElseGet(() -> judge(input));
  }

  private static MetricResult judge(MetricInput input) {
    ShapleyValues shapley = ShapleyValues.of(input.requireValues(), input.target());
    double[] exact = shapley.values();
    double[] scores = input.scores();
    OptionalDouble r = Correlation.pearson(scores, exact);
    MetricResult result =
        r.isPresent()
            ? MetricResult.of(r.getAsDouble())
            : MetricResult.undefined("All scores or all Shapley values are equal.");
    double[] positions = new double[exact.length];
    Arrays.setAll(positions, i -> i);
    result =
        result
            .with("kendall", Correlation.kendall(scores, exact).orElse(Double.NaN))
            .with("efficiency-gap", Math.abs(Arrays.stream(scores).sum() - shapley.total()))
            .with("shapley", positions, exact);
    double largest = Arrays.stream(scores).map(Math::abs).max().orElse(0);
    return largest == 0 ? result : axioms(result, shapley, scores, largest);
  }

  private static MetricResult axioms(
      MetricResult result, ShapleyValues shapley, double[] scores, double largest) {
    int nulls = 0;
    int pairs = 0;
    double nullScore = 0;
    double symmetryGap = 0;
    for (int i = 0; i < scores.length; i++) {
      if (shapley.isNull(i, EQUAL)) {
        nulls++;
        nullScore = Math.max(nullScore, Math.abs(scores[i]) / largest);
      }
      for (int j = 0; j < i; j++) {
        if (shapley.areInterchangeable(i, j, EQUAL)) {
          pairs++;
          symmetryGap = Math.max(symmetryGap, Math.abs(scores[i] - scores[j]) / largest);
        }
      }
    }
    return result
        .with("null-players", nulls)
        .with("null-score", nullScore)
        .with("interchangeable-pairs", pairs)
        .with("symmetry-gap", symmetryGap);
  }
}
