package org.attentionflow.evaluation.statistics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The values of one metric, one per example, with what decides which other values they can be
 * compared with.
 *
 * @param metric the metric's id, for example {@code aopc@1}
 * @param settings what else the numbers depend on, as text: removal operator, grid, rounding, class
 * @param comparableAcrossModels whether the metric allows other models' values beside it
 * @param model the digest of the model
 * @param data the digest of the data, selection included
 * @param values per example id the value; examples without one are left out
 */
public record Sample(
    String metric,
    String settings,
    boolean comparableAcrossModels,
    String model,
    String data,
    Map<String, Double> values) {
  /** Copies the values and keeps their order. */
  public Sample {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The values in order. */
  public double[] array() {
    return values.values().stream().mapToDouble(Double::doubleValue).toArray();
  }
}
