package org.attentionflow.evaluation.run;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.attentionflow.evaluation.metric.MetricResult;

/** The mean of several results of one metric on one example: a row of random scores. */
final class MeanResult {
  private MeanResult() {}

  /** The mean of those that have a value; the first one if none has. */
  static MetricResult of(List<MetricResult> results) {
    List<MetricResult> defined = results.stream().filter(r -> r.value().isPresent()).toList();
    if (defined.isEmpty()) {
      return results.get(0);
    }
    double sum = 0;
    for (MetricResult result : defined) {
      sum += result.value().orElse(0);
    }
    return new MetricResult(
        OptionalDouble.of(sum / defined.size()),
        null,
        Map.of("draws", (double) defined.size()),
        curves(defined));
  }

  private static Map<String, MetricResult.Curve> curves(List<MetricResult> results) {
    Map<String, MetricResult.Curve> means = new TreeMap<>();
    results
        .get(0)
        .curves()
        .forEach(
            (name, first) -> {
              double[] sums = new double[first.y().length];
              for (MetricResult result : results) {
                MetricResult.Curve curve = result.curves().get(name);
                if (curve == null || !Arrays.equals(curve.x(), first.x())) {
                  return;
                }
                for (int i = 0; i < sums.length; i++) {
                  sums[i] += curve.y()[i] / results.size();
                }
              }
              means.put(name, new MetricResult.Curve(first.x(), sums));
            });
    return means;
  }
}
