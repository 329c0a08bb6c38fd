package org.attentionflow.evaluation.report;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.Metrics;

/** Which values of a metric are better, for tables. */
final class MetricDirections {
  private final Map<String, Metric> metrics = new HashMap<>();

  private MetricDirections() {}

  static MetricDirections load() {
    MetricDirections directions = new MetricDirections();
    Metrics.load().all().forEach(metric -> directions.metrics.put(metric.id(), metric));
    return directions;
  }

  /** An arrow up where higher is better, down where lower is; nothing if neither or not known. */
  String arrow(String id) {
    Metric metric = metrics.get(id);
    if (metric == null) {
      return "";
    }
    return switch (metric.direction()) {
      case HIGHER_IS_BETTER -> " ↑";
      case LOWER_IS_BETTER -> " ↓";
      case NEITHER -> "";
    };
  }

  /** What the metric judges, in lower case. */
  String family(String id) {
    Metric metric = metrics.get(id);
    return metric == null ? "other" : metric.family().name().toLowerCase(Locale.ROOT);
  }

  /** The definition in one line; empty if the metric is not known. */
  String formula(String id) {
    Metric metric = metrics.get(id);
    return metric == null ? "" : metric.card().formula();
  }
}
