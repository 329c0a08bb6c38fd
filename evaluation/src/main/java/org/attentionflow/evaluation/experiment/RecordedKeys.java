package org.attentionflow.evaluation.experiment;

import java.util.Optional;
import java.util.Set;

/** Which keys can be changed where metrics are computed from what a run recorded. */
public final class RecordedKeys {
  /** They decide what is recorded, or what metrics do that ask the model again. */
  private static final Set<ExperimentKey> OF_THE_RUN =
      Set.of(
          ExperimentKey.FEATURES,
          ExperimentKey.MINIMUM_FEATURES,
          ExperimentKey.PRESET,
          ExperimentKey.DRAWS,
          ExperimentKey.RADIUS);

  private RecordedKeys() {}

  /** Why a key has no effect there; empty if it has one, or is unknown in its section. */
  public static Optional<String> problem(String key) {
    boolean isOfTheRun =
        ExperimentKey.find(key).filter(OF_THE_RUN::contains).isPresent()
            || !key.startsWith("evaluation.");
    return isOfTheRun
        ? Optional.of(
            key
                + " has no effect on what a run has recorded."
                + " Maybe run again with --set "
                + key
                + "=VALUE.")
        : Optional.empty();
  }
}
