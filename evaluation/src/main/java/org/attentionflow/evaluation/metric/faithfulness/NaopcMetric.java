package org.attentionflow.evaluation.metric.faithfulness;

import java.util.Arrays;
import java.util.Set;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricCard;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.MetricSetting;
import org.attentionflow.evaluation.metric.Scores;

/**
 * AOPC between the least and the greatest value that any order reaches on the example. 1 is the
 * best order there is, 0 the worst; the only faithfulness score here that can stand beside another
 * model's.
 */
public final class NaopcMetric implements Metric {
  private static final MetricCard CARD =
      MetricCard.of("naopc", Family.FAITHFULNESS, Direction.HIGHER_IS_BETTER)
          .comparable()
          .texts(
              "AOPC between the least and the greatest AOPC of any order of removal;"
                  + " in [0, 1] where the bounds are exact.",
              "(AOPC - lower) / (upper - lower), exact by dynamic programming over subsets up to"
                  + " the exact limit, above by beam search: then the bounds are the best found",
              "Edin et al., Normalized AOPC, ACL 2025, arXiv 2408.08137");

  private final Metric aopc = new AopcMetric();

  @Override
  public MetricCard card() {
    return CARD;
  }

  @Override
  public Set<MetricSetting> reads() {
    return Set.of(
        MetricSetting.GRID,
        MetricSetting.ROUNDING,
        MetricSetting.DISTINCT,
        MetricSetting.ABSOLUTE,
        MetricSetting.EXACT_LIMIT,
        MetricSetting.BEAM_WIDTH);
  }

  @Override
  public MetricResult evaluate(MetricInput input) {
    return Scores.problem(input, 1).orElseGet(() -> judge(input));
  }

  private MetricResult judge(MetricInput input) {
    MetricResult plain = aopc.evaluate(input);
    if (plain.value().isEmpty()) {
      return plain;
    }
    OrderBounds bounds = OrderBounds.find(input.requireValues(), input.target(), input.settings());
    double value = plain.value().getAsDouble();
    double width = bounds.upper() - bounds.lower();
    // An order is a sum of up to N terms of size 1: closer than its rounding, bounds are equal.
    MetricResult result =
        width <= Math.ulp(1.0) * input.size()
            ? MetricResult.undefined("Every order of removal has the AOPC " + value + ".")
            : MetricResult.of((value - bounds.lower()) / width);
    return result
        .with("aopc", value)
        .with("lower", bounds.lower())
        .with("upper", bounds.upper())
        .with("exact", bounds.exact() ? 1 : 0)
        .with("lower-order", positions(input.size()), features(bounds.lowerOrder()))
        .with("upper-order", positions(input.size()), features(bounds.upperOrder()));
  }

  private static double[] positions(int size) {
    double[] positions = new double[size];
    Arrays.setAll(positions, i -> i);
    return positions;
  }

  private static double[] features(int[] order) {
    return Arrays.stream(order).asDoubleStream().toArray();
  }
}
