package org.attentionflow.evaluation.perturbation;

import java.util.BitSet;
import java.util.EnumSet;
import java.util.Set;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.token.TokenSequence;

/**
 * Leaves removed tokens in their places, but no token attends to them in any layer: nothing flows
 * from them, and no other position moves.
 */
public final class AttentionMaskRemoval implements Removal {
  @Override
  public String name() {
    return "attention-mask";
  }

  @Override
  public String summary() {
    return "Leaves removed tokens in place, but no token attends to them in any layer.";
  }

  @Override
  public Set<Capability> needs() {
    return EnumSet.of(Capability.ATTENTION_MASK);
  }

  @Override
  public PerturbedInput remove(TokenSequence tokens, BitSet positions, ModelDescription model) {
    if (positions.cardinality() >= tokens.size()) {
      throw new UnusableInputException(
          "None of the " + tokens.size() + " tokens would be attended to.");
    }
    return new PerturbedInput(tokens, positions);
  }
}
