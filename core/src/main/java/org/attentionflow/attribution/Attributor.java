package org.attentionflow.attribution;

import java.util.Map;
import java.util.Set;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Quantity;

/** An attribution method with its settings. Thread-safe. */
public interface Attributor {
  /** The name of the method. */
  String method();

  /** What a capture must hold. */
  Set<Quantity> needs();

  /** What the engine must be able to do beside capturing {@link #needs}. */
  default Set<Capability> capabilities() {
    return Set.of();
  }

  /** The method's own options as they were resolved, by key without prefix. */
  default Map<String, String> options() {
    return Map.of();
  }

  /** A forecast of what scoring a text of so many tokens takes on the Java heap. */
  default ScoringMemory memory(ModelDescription model, int tokenCount) {
    return ScoringMemory.NONE;
  }

  /**
   * Scores the tokens of a capture.
   *
   * @param session the model the capture came from, for methods that ask it again
   */
  Attribution attribute(Capture capture, ModelSession session);
}
