package org.attentionflow.evaluation.metric.sanity;

import java.util.Arrays;
import java.util.Set;
import org.attentionflow.evaluation.metric.Correlation;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricCard;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.MetricSetting;
import org.attentionflow.evaluation.metric.RandomisedModels;
import org.attentionflow.evaluation.metric.Reattribution;
import org.attentionflow.evaluation.metric.Scores;

/**
 * Whether scores depend on what the model has learned: the rank correlation with the scores of the
 * same model, its weights made random part by part from the output down. Scores that stay do not
 * explain the model.
 */
public final class ParameterRandomisationMetric implements Metric {
  /** Without shared models every example sees the same random ones. */
  private static final long MODEL_SEED = 0;

  private static final MetricCard CARD =
      MetricCard.of("parameter-randomisation", Family.SANITY, Direction.LOWER_IS_BETTER)
          .range(-1, 1)
          .comparable()
          .needing(Need.REATTRIBUTION)
          .texts(
              "Rank correlation of the scores with those of the same model with random weights.",
              "Spearman's rho of phi(f, x) and phi(f with all weights random, x); the curve makes"
                  + " head, layers from the last and embeddings random, one after the other",
              "Adebayo et al., Sanity checks for saliency maps, NeurIPS 2018");

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
    Reattribution again = input.requireReattribution();
    RandomisedModels shared = again.randomised();
    if (shared != null) {
      return judge(input, again, shared);
    }
    try (RandomisedModels own = new RandomisedModels(again.session(), MODEL_SEED)) {
      return judge(input, again, own);
    }
  }

  private static MetricResult judge(
      MetricInput input, Reattribution again, RandomisedModels models) {
    int depths = models.depthCount();
    double[] depth = new double[depths];
    double[] correlation = new double[depths];
    for (int d = 1; d <= depths; d++) {
      double[] scores = again.scores(models.at(d), input.target());
      depth[d - 1] = d;
      correlation[d - 1] = Correlation.spearman(input.scores(), scores).orElse(Double.NaN);
    }
    double last = correlation[depths - 1];
    MetricResult result =
        Double.isNaN(last)
            ? MetricResult.undefined("All scores are equal, of the model or of the random one.")
            : MetricResult.of(last);
    double mean =
        Arrays.stream(correlation).filter(r -> !Double.isNaN(r)).average().orElse(Double.NaN);
    return result.with("mean-over-depths", mean).with("correlation", depth, correlation);
  }
}
