package org.attentionflow.evaluation.metric;

import java.util.ServiceLoader;
import org.attentionflow.plugin.Plugins;

/** The metrics present. */
public final class Metrics {
  private Metrics() {}

  /** Finds the metrics with the service loader. */
  public static Plugins<Metric> load() {
    return Plugins.of(
        Metric.class, ServiceLoader.load(Metric.class, Metric.class.getClassLoader()));
  }
}
