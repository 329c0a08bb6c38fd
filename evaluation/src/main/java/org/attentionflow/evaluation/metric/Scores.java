package org.attentionflow.evaluation.metric;

import java.util.Optional;

/** What scores must be to be judged at all. */
public final class Scores {
  private Scores() {}

  /**
   * Why scores cannot be judged, if so.
   *
   * @param least the number of features the metric needs
   */
  public static Optional<MetricResult> problem(MetricInput input, int least) {
    if (input.size() < least) {
      return Optional.of(
          MetricResult.undefined(
              "The example has "
                  + input.size()
                  + " removable features; "
                  + least
                  + " are needed."));
    }
    for (int i = 0; i < input.size(); i++) {
      if (Double.isNaN(input.scores()[i])) {
        return Optional.of(MetricResult.undefined("The score of feature " + i + " is no number."));
      }
    }
    return Optional.empty();
  }
}
