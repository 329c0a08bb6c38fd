package org.attentionflow.baselines;

import java.util.Set;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.engine.Quantity;

/**
 * What a method captures and how it scores.
 *
 * @param needs what the capture must hold
 * @param capabilities what the engine must be able to do besides
 * @param scoring from a capture to scores; thread-safe
 */
public record Plan(Set<Quantity> needs, Set<Capability> capabilities, Scoring scoring) {
  /** Copies the sets. */
  public Plan {
    needs = Set.copyOf(needs);
    capabilities = Set.copyOf(capabilities);
  }

  /** From a capture to scores. */
  @FunctionalInterface
  public interface Scoring {
    /** Scores the tokens of a capture; the session is the model it came from. */
    Scores score(Capture capture, ModelSession session);
  }

  /** From a capture alone to one score per token. */
  @FunctionalInterface
  public interface CaptureScoring {
    /** The scores of the tokens of a capture. */
    double[] score(Capture capture);
  }

  /** A plan that reads captured quantities alone. */
  public static Plan reading(Set<Quantity> needs, CaptureScoring scoring) {
    return new Plan(needs, Set.of(), (capture, session) -> Scores.of(scoring.score(capture)));
  }
}
