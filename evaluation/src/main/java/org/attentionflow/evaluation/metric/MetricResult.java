package org.attentionflow.evaluation.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a metric says of the scores of one example: a value, or the reason why there is none.
 *
 * @param value the value; empty if undefined
 * @param undefined why there is no value, a sentence; null if there is one
 * @param details further numbers by name, in a fixed order, such as the share of ties
 * @param curves the numbers the value summarises, by name
 */
public record MetricResult(
    OptionalDouble value,
    @Nullable String undefined,
    Map<String, Double> details,
    Map<String, Curve> curves) {
  /**
   * Points with a common meaning.
   *
   * @param x where
   * @param y what; NaN where the definition removes nothing
   */
  public record Curve(double[] x, double[] y) {}

  /** Copies the maps and keeps their order. */
  public MetricResult {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    curves = Collections.unmodifiableMap(new LinkedHashMap<>(curves));
    if (value.isPresent() == (undefined != null) || Double.isNaN(value.orElse(0))) {
      throw new IllegalArgumentException(
          "A result is a number or undefined: " + value + ", " + undefined);
    }
  }

  /** A value alone. */
  public static MetricResult of(double value) {
    return new MetricResult(OptionalDouble.of(value), null, Map.of(), Map.of());
  }

  /**
   * No value.
   *
   * @param reason a sentence
   */
  public static MetricResult undefined(String reason) {
    return new MetricResult(OptionalDouble.empty(), reason, Map.of(), Map.of());
  }

  /** Why there is no value, if there is none. */
  public Optional<String> reason() {
    return Optional.ofNullable(undefined);
  }

  /** The same with one more number. */
  public MetricResult with(String name, double number) {
    Map<String, Double> more = new LinkedHashMap<>(details);
    more.put(name, number);
    return new MetricResult(value, undefined, more, curves);
  }

  /** The same with one more curve. */
  public MetricResult with(String name, double[] x, double[] y) {
    Map<String, Curve> more = new LinkedHashMap<>(curves);
    more.put(name, new Curve(x, y));
    return new MetricResult(value, undefined, details, more);
  }
}
