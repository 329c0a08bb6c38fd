package org.attentionflow.evaluation.metric.faithfulness;

import org.attentionflow.evaluation.metric.MetricSettings;

/** Drops of the class's probability along a curve. */
final class Drops {
  private Drops() {}

  /** p(x) − p at every point, or its magnitude; NaN where the curve has no value. */
  static double[] of(RemovalCurve curve, MetricSettings settings) {
    double whole = curve.wholeProbability();
    return curve.map(
        logProbability -> {
          double drop = whole - Math.exp(logProbability);
          return settings.absolute() ? Math.abs(drop) : drop;
        });
  }
}
