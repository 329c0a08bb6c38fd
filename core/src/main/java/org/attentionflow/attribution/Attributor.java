package org.attentionflow.attribution;

import java.util.Set;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Quantity;

/** An attribution method with its settings. Thread-safe. */
public interface Attributor {
  /** The name of the method. */
  String method();

  /** What a capture must hold. */
  Set<Quantity> needs();

  /**
   * Scores the tokens of a capture.
   *
   * @param session the model the capture came from, for methods that ask it again
   */
  Attribution attribute(Capture capture, ModelSession session);
}
