package org.attentionflow.evaluation.perturbation;

import java.util.BitSet;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.token.TokenSequence;

/** Puts the token for unknown words in the place of each removed token. */
public final class UnkRemoval implements Removal {
  @Override
  public String name() {
    return "unk";
  }

  @Override
  public String summary() {
    return "Puts the token for unknown words in the place of each removed token.";
  }

  @Override
  public PerturbedInput remove(TokenSequence tokens, BitSet positions, ModelDescription model) {
    return Substitution.apply(tokens, positions, model, "unk");
  }
}
