package org.attentionflow.evaluation.metric;

import java.util.Optional;
import org.attentionflow.evaluation.perturbation.ValueFunction;
import org.jspecify.annotations.Nullable;

/**
 * One example with the scores of one method.
 *
 * @param id the example's id, for messages
 * @param scores one score per feature (removable token or word); not changed, not to be changed
 * @param target the class y, fixed on the unperturbed input: predicted or gold
 * @param values what the model says without sets of features; null for metrics that do not ask it
 * @param settings grid, rounding and the other choices that change numbers
 * @param seed what random choices of this example start from
 * @param rationale per feature whether people marked it; null if nobody was asked
 * @param reattribution scores changed inputs and models; null for metrics that do not ask it
 */
public record MetricInput(
    String id,
    double[] scores,
    int target,
    @Nullable ValueFunction values,
    MetricSettings settings,
    long seed,
    boolean @Nullable [] rationale,
    @Nullable Reattribution reattribution) {
  /** Checks that the parts fit together. */
  public MetricInput {
    checkLength(id, "features", values == null ? scores.length : values.size(), scores.length);
    checkLength(id, "marks", rationale == null ? scores.length : rationale.length, scores.length);
  }

  /** Scores, a value function and settings. */
  public static MetricInput of(
      String id, double[] scores, int target, ValueFunction values, MetricSettings settings) {
    return new MetricInput(id, scores, target, values, settings, 0, null, null);
  }

  /** The same with what people marked. */
  public MetricInput withRationale(boolean[] marks) {
    return new MetricInput(id, scores, target, values, settings, seed, marks, reattribution);
  }

  /** The same with a seed. */
  public MetricInput withSeed(long newSeed) {
    return new MetricInput(id, scores, target, values, settings, newSeed, rationale, reattribution);
  }

  /** The same with a way to score again. */
  public MetricInput withReattribution(Reattribution again) {
    return new MetricInput(id, scores, target, values, settings, seed, rationale, again);
  }

  /** The same with other settings. */
  public MetricInput withSettings(MetricSettings other) {
    return new MetricInput(id, scores, target, values, other, seed, rationale, reattribution);
  }

  /** The same with other scores. */
  public MetricInput withScores(double[] other) {
    return new MetricInput(id, other, target, values, settings, seed, rationale, reattribution);
  }

  /** The number of features, N. */
  public int size() {
    return scores.length;
  }

  /**
   * The value function.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ValueFunction requireValues() {
    return require(values, "value function");
  }

  /**
   * What people marked.
   *
   * @throws IllegalArgumentException if nobody was asked
   */
  public boolean[] requireRationale() {
    return require(rationale, "rationale");
  }

  /**
   * The way to score again.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Reattribution requireReattribution() {
    return require(reattribution, "reattribution");
  }

  private <T> T require(@Nullable T part, String name) {
    return Optional.ofNullable(part)
        .orElseThrow(
            () -> new IllegalArgumentException("The example " + id + " has no " + name + "."));
  }

  private static void checkLength(String id, String what, int length, int scoreCount) {
    if (length != scoreCount) {
      throw new IllegalArgumentException(
          "The example " + id + " has " + length + " " + what + " but " + scoreCount + " scores.");
    }
  }
}
