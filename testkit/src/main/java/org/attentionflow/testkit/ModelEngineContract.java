package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.token.TokenSequence;
import org.junit.jupiter.api.Test;

/**
 * What every model engine owes. A provider's test is this class with {@link #plugin} and {@link
 * #model} filled in; {@link CheckedModelSession} is around every session. Needs a model with at
 * least two classes. This class opens and closes sessions; the classes above it ask for captures,
 * gradients and variants of the model.
 */
public abstract class ModelEngineContract extends EngineVariantContract {
  /** For the interface {@link ModelEngine}. */
  protected ModelEngineContract() {}

  @Test
  void acceptsItsModelAndOpensIt() {
    assertTrue(plugin().accepts(model()));
    try (ModelSession session = open()) {
      assertTrue(session.model().headCount() > 0);
    }
  }

  @Test
  void saysWhatItCannotOpen() {
    Path missing = Path.of("no", "such", "model");
    assumeTrue(!plugin().accepts(missing), "the engine reads no files");
    String message =
        assertThrows(
                UnusableInputException.class,
                () -> plugin().open(missing, EngineSettings.defaults()).close())
            .getMessage();
    assertFalse(String.valueOf(message).contains("\n"), "one line: " + message);
  }

  @Test
  void keepsSessionsApart() {
    Capture alone;
    try (ModelSession session = open()) {
      alone = capture(session, sequences(session).get(0));
    }
    try (ModelSession session = open()) {
      try (ModelSession other = open()) {
        capture(other, sequences(other).get(1));
      }
      // The other session is closed; this one still works and is not affected.
      assertSame(alone, capture(session, sequences(session).get(0)), 0);
    }
  }

  @Test
  void cannotBeUsedOnceClosed() {
    ModelSession session = plugin().open(model(), EngineSettings.defaults());
    TokenSequence input = sequences(session).get(0);
    session.close();
    session.close();
    assertThrows(RuntimeException.class, () -> session.logits(List.of(input)));
  }
}
