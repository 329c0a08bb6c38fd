package org.attentionflow.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Every key of the settings with its default and what it means. */
public enum SettingsKey {
  /** The model engine. */
  ENGINE("engine", "auto", "engine by name; auto: the one that recognises the model"),
  /** Threads of the native library. */
  NATIVE_THREADS("engine.native-threads", "1", "threads of the native library per call"),
  /** Inputs per native call. */
  BATCH_SIZE("engine.batch-size", "16", "most inputs in one native call"),
  /** The attribution method. */
  METHOD("method", "agf", "attribution method by name"),
  /** The scalar that is explained. */
  TARGET("target", "predicted", "class that is explained: predicted, a label or an index"),
  /** The contrast. */
  CONTRAST("contrast", "", "two classes A/B: explain the logit of A minus that of B"),
  /** The head reduction. */
  HEADS("aggregation.heads", "mean", "how heads are reduced: mean, max, sum"),
  /** The residual option. */
  RESIDUAL("aggregation.residual", "none", "residual connection: none, half"),
  /** The network builder. */
  NETWORK("network.builder", "backward", "network builder by name: backward, forward"),
  /** The terminal capacity. */
  TERMINAL_CAPACITY("network.terminal-capacity", "open", "terminal arcs: open, tokens"),
  /** The capacity scale. */
  SCALE("network.scale", "none", "scaling of the capacities: none, paper"),
  /** The sources. */
  SOURCES("network.sources", "all", "top tokens joined to the source: all, classifier, a position"),
  /** The precision of the capacities. */
  PRECISION("network.precision", "double", "capacities in 64 or 32 bits: double, float"),
  /** The flow solver. */
  SOLVER("solver.name", "barrier", "flow solver by name"),
  /** The relative barrier parameter. */
  MU("solver.mu", "1e-3", "barrier parameter relative to the largest capacity"),
  /** The absolute barrier parameter. */
  MU_ABSOLUTE("solver.mu-absolute", "", "absolute barrier parameter, instead of solver.mu"),
  /** The conservation tolerance. */
  TOLERANCE("solver.tolerance", "1e-10", "largest imbalance, relative to the largest capacity"),
  /** The iteration limit. */
  ITERATION_LIMIT("solver.iteration-limit", "200", "most iterations of the solver"),
  /** Threads of the solver. */
  SOLVER_THREADS("solver.threads", "0", "threads of the solver; 0: all for one text, 1 for many"),
  /** Texts explained at the same time. */
  WORKERS("runtime.workers", "0", "texts explained at the same time; 0: one per processor");

  private final String key;
  private final String defaultValue;
  private final String meaning;

  SettingsKey(String key, String defaultValue, String meaning) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.meaning = meaning;
  }

  /** The key as it is written. */
  public String key() {
    return key;
  }

  /** The value where none is set. */
  public String defaultValue() {
    return defaultValue;
  }

  /** What the key means, in one line. */
  public String meaning() {
    return meaning;
  }

  /** The names of all keys. */
  static List<String> names() {
    return Arrays.stream(values()).map(SettingsKey::key).toList();
  }

  static Optional<SettingsKey> find(String name) {
    return Arrays.stream(values()).filter(key -> key.key.equals(name)).findFirst();
  }
}
