package org.attentionflow.evaluation.statistics;

import java.util.List;
import org.attentionflow.failure.UnusableInputException;

/**
 * Two samples compared example by example, over the examples that have both values.
 *
 * @param difference the mean of left − right with its interval
 * @param p the p value of the paired permutation test, not corrected for other tests
 * @param leftOnly how many examples only the left sample has a value for
 * @param rightOnly how many only the right one has
 */
public record PairedComparison(Interval difference, double p, int leftOnly, int rightOnly) {
  /**
   * Compares two samples.
   *
   * @throws UnusableInputException if the comparison would mean nothing: see {@link #check}
   */
  public static PairedComparison of(
      Sample left, Sample right, Bootstrap bootstrap, PairedPermutation permutation) {
    check(left, right);
    List<String> shared =
        left.values().keySet().stream().filter(right.values()::containsKey).toList();
    if (shared.isEmpty()) {
      throw new UnusableInputException(
          "No example has a value of " + left.metric() + " in both samples.");
    }
    double[] a = shared.stream().mapToDouble(id -> left.values().get(id)).toArray();
    double[] b = shared.stream().mapToDouble(id -> right.values().get(id)).toArray();
    double[] differences = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      differences[i] = a[i] - b[i];
    }
    return new PairedComparison(
        bootstrap.mean(differences),
        permutation.test(a, b),
        left.values().size() - shared.size(),
        right.values().size() - shared.size());
  }

  /**
   * Refuses comparisons that would mean nothing.
   *
   * @throws UnusableInputException if metrics, their settings or data differ, or models differ and
   *     the metric's values depend on what a model lets any explanation reach
   */
  public static void check(Sample left, Sample right) {
    require("the metrics", left.metric(), right.metric(), "");
    require("the settings of " + left.metric(), left.settings(), right.settings(), "");
    require("the digests of the data", left.data(), right.data(), "");
    if (!left.comparableAcrossModels()) {
      require(
          "the models",
          left.model(),
          right.model(),
          " Values of "
              + left.metric()
              + " depend on what a model lets any explanation reach. Maybe compare naopc.");
    }
  }

  private static void require(String what, String left, String right, String cure) {
    if (!left.equals(right)) {
      throw new UnusableInputException(
          "These values cannot be compared: "
              + what
              + " differ ("
              + left
              + ", "
              + right
              + ")."
              + cure);
    }
  }
}
