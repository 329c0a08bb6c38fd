package org.attentionflow.baselines;

import java.util.Map;
import org.attentionflow.attribution.Attribution;

/**
 * One score per token, with what says how far they can be trusted.
 *
 * @param values one score per token
 * @param diagnostics numbers by name
 */
public record Scores(double[] values, Map<String, Double> diagnostics) {
  /** Copies the map. */
  public Scores {
    diagnostics = Map.copyOf(diagnostics);
  }

  /** Scores without diagnostics. */
  public static Scores of(double[] values) {
    return new Scores(values, Map.of());
  }

  /**
   * Scores that claim completeness, with what they lack of it: Σ scores − (target − baseline).
   *
   * @param target y of the input
   * @param baseline y with nothing of the text left
   */
  public static Scores complete(double[] values, double target, double baseline) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return new Scores(
        values,
        Map.of(
            Attribution.TARGET_VALUE,
            target,
            Attribution.BASELINE_VALUE,
            baseline,
            Attribution.COMPLETENESS_GAP,
            sum - (target - baseline)));
  }
}
