package org.attentionflow.evaluation.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.attentionflow.pipeline.SettingsKey;

/**
 * The keys of an attribution method: the settings of the library, without those that belong to the
 * run as a whole.
 */
final class MethodKeys {
  /** Short words for keys, as they are said in ablations. */
  private static final Map<String, String> SHORT =
      Map.of(
          "aggregator", "method",
          "solver", "solver.name",
          "mu", "solver.mu",
          "heads", "aggregation.heads",
          "residual", "aggregation.residual",
          "network", "network.builder",
          "sources", "network.sources");

  private static final Set<SettingsKey> OF_THE_RUN =
      Set.of(
          SettingsKey.ENGINE,
          SettingsKey.NATIVE_THREADS,
          SettingsKey.BATCH_SIZE,
          SettingsKey.METHOD,
          SettingsKey.TARGET,
          SettingsKey.CONTRAST,
          SettingsKey.SOLVER_THREADS,
          SettingsKey.WORKERS);

  /** What the library's settings put before a method's own options. */
  static final String OPTION = "method.";

  /** The section of a method's own options in a file, where {@code method} is its name. */
  static final String OPTIONS = "options.";

  private MethodKeys() {}

  /** Every key that a method may set for itself and a file for all methods. */
  static List<SettingsKey> all() {
    return Arrays.stream(SettingsKey.values()).filter(key -> !OF_THE_RUN.contains(key)).toList();
  }

  /** Whether a key is one of all methods, or has the form of one method's own option. */
  static boolean has(String path) {
    return path.startsWith(OPTION) || all().stream().anyMatch(key -> key.key().equals(path));
  }

  /** The key that a word of an ablation stands for; itself if it is no short word. */
  static String of(String word) {
    return SHORT.getOrDefault(word, word);
  }

  /** Every key with its default. */
  static TreeMap<String, String> defaults() {
    TreeMap<String, String> defaults = new TreeMap<>();
    all().forEach(key -> defaults.put(key.key(), key.defaultValue()));
    return defaults;
  }
}
