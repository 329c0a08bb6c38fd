package org.attentionflow.evaluation.perturbation;

import java.util.BitSet;
import java.util.Set;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.plugin.Plugin;
import org.attentionflow.token.TokenSequence;

/**
 * A way to remove tokens from an input: a removal operator. Which one is used changes every number
 * of a perturbation metric, so its name belongs to the number. Stateless and thread-safe.
 */
public interface Removal extends Plugin {
  /** What the model engine must be capable of, beyond prediction. */
  default Set<Capability> needs() {
    return Set.of();
  }

  /**
   * Removes tokens. Neither argument is changed.
   *
   * @param tokens the whole input
   * @param positions the tokens to remove, by index; may be empty
   * @param model the model that will read the result, for its special tokens
   * @throws UnusableInputException if the model lacks the special token that takes their place, or
   *     nothing would be left
   */
  PerturbedInput remove(TokenSequence tokens, BitSet positions, ModelDescription model);
}
