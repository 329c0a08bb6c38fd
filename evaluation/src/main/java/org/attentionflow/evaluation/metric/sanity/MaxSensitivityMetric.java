package org.attentionflow.evaluation.metric.sanity;

import java.util.Set;
import java.util.SplittableRandom;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricCard;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.MetricSetting;
import org.attentionflow.evaluation.metric.Reattribution;
import org.attentionflow.evaluation.metric.Scores;
import org.attentionflow.tensor.FloatTensor;

/**
 * How far scores can move when the input hardly does: word embeddings are moved at random by at
 * most a small share of their own size.
 */
public final class MaxSensitivityMetric implements Metric {
  private static final MetricCard CARD =
      MetricCard.of("max-sensitivity", Family.SANITY, Direction.LOWER_IS_BETTER)
          .range(0, Double.POSITIVE_INFINITY)
          .comparable()
          .needing(Need.REATTRIBUTION)
          .texts(
              "Largest relative change of the scores when word embeddings are moved a little.",
              "max over draws of |phi(x + d) - phi(x)| / |phi(x)|, each coordinate of d uniform in"
                  + " [-r s, r s], s the root mean square of the embeddings, r the radius",
              "Yeh et al., On the (in)fidelity and sensitivity of explanations, NeurIPS 2019");

  @Override
  public MetricCard card() {
    return CARD;
  }

  @Override
  public Set<MetricSetting> reads() {
    return Set.of(MetricSetting.DRAWS, MetricSetting.RADIUS, MetricSetting.SEED);
  }

  @Override
  public MetricResult evaluate(MetricInput input) {
    return Scores.problem(input, 1).orElseGet(() -> judge(input));
  }

  private static MetricResult judge(MetricInput input) {
    double norm = norm(input.scores());
    if (norm == 0) {
      return MetricResult.undefined("All scores are 0.");
    }
    Reattribution again = input.requireReattribution();
    FloatTensor embeddings = again.embeddings();
    double reach = input.settings().radius() * rootMeanSquare(embeddings.values());
    SplittableRandom random = new SplittableRandom(input.seed());
    double largest = 0;
    double sum = 0;
    int draws = input.settings().draws();
    for (int draw = 0; draw < draws; draw++) {
      double[] moved = again.scores(moved(embeddings, reach, random), input.target());
      double change = distance(moved, input.scores()) / norm;
      largest = Math.max(largest, change);
      sum += change;
    }
    return MetricResult.of(largest).with("mean", sum / draws).with("draws", draws);
  }

  private static FloatTensor moved(FloatTensor tensor, double reach, SplittableRandom random) {
    float[] values = tensor.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (reach * (2 * random.nextDouble() - 1));
    }
    return FloatTensor.of(values, tensor.size(0), tensor.size(1));
  }

  private static double rootMeanSquare(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum / values.length);
  }

  private static double norm(double[] values) {
    return distance(values, new double[values.length]);
  }

  private static double distance(double[] left, double[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += (left[i] - right[i]) * (left[i] - right[i]);
    }
    return Math.sqrt(sum);
  }
}
