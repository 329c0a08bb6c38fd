package org.attentionflow.evaluation.preset;

import java.util.List;
import org.attentionflow.evaluation.metric.MetricSettings;

/**
 * Everything that makes the numbers of another study or tool what they are.
 *
 * @param name the name in settings
 * @param summary one sentence
 * @param source the paper
 * @param target which class y is
 * @param unit what is removed
 * @param removals the names of the removal operators
 * @param minimumFeatures the fewest features of an example; shorter ones are skipped and counted
 * @param metrics the names of the metrics
 * @param settings grid, rounding and the other choices
 * @param differences what the original does that this does not, one sentence each
 */
public record Preset(
    String name,
    String summary,
    String source,
    TargetClass target,
    Unit unit,
    List<String> removals,
    int minimumFeatures,
    List<String> metrics,
    MetricSettings settings,
    List<String> differences) {
  /** Which class is explained and watched. */
  public enum TargetClass {
    /** The class the model predicts for the whole input. */
    PREDICTED,
    /** The class the data set states. */
    GOLD
  }

  /** What a feature is. */
  public enum Unit {
    /** A token that is not special. */
    TOKENS,
    /** A word. */
    WORDS
  }

  /** Copies the lists. */
  public Preset {
    removals = List.copyOf(removals);
    metrics = List.copyOf(metrics);
    differences = List.copyOf(differences);
  }
}
