package org.attentionflow.evaluation.perturbation;

import java.util.BitSet;
import org.attentionflow.token.TokenSequence;

/**
 * An input without some of its tokens.
 *
 * @param tokens what the model reads
 * @param unattended the positions that no token attends to; usually none
 */
public record PerturbedInput(TokenSequence tokens, BitSet unattended) {
  /** Copies the set. */
  public PerturbedInput {
    unattended = (BitSet) unattended.clone();
  }

  /** An input all of which is attended to. */
  public static PerturbedInput of(TokenSequence tokens) {
    return new PerturbedInput(tokens, new BitSet());
  }

  /** A copy of the positions that no token attends to. */
  @Override
  public BitSet unattended() {
    return (BitSet) unattended.clone();
  }
}
