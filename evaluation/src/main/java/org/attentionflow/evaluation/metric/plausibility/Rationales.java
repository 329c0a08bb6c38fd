package org.attentionflow.evaluation.metric.plausibility;

import java.util.Optional;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.Scores;

/** What examples must have to be compared with people. */
final class Rationales {
  private Rationales() {}

  /** Why scores cannot be compared with what people marked, if so. */
  static Optional<MetricResult> problem(MetricInput input, boolean needsUnmarked) {
    Optional<MetricResult> problem = Scores.problem(input, 1);
    if (problem.isPresent()) {
      return problem;
    }
    int marked = 0;
    for (boolean mark : input.requireRationale()) {
      marked += mark ? 1 : 0;
    }
    if (marked == 0) {
      return Optional.of(MetricResult.undefined("Nothing is marked in the example."));
    }
    return needsUnmarked && marked == input.size()
        ? Optional.of(MetricResult.undefined("Everything is marked in the example."))
        : Optional.empty();
  }

  /** 2 P R / (P + R); 0 if both are 0. */
  static double f1(double precision, double recall) {
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }
}
