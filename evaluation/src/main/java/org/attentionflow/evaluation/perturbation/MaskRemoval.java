package org.attentionflow.evaluation.perturbation;

import java.util.BitSet;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.token.TokenSequence;

/** Puts the mask token in the place of each removed token. The default. */
public final class MaskRemoval implements Removal {
  @Override
  public String name() {
    return "mask";
  }

  @Override
  public String summary() {
    return "Puts the mask token in the place of each removed token.";
  }

  @Override
  public PerturbedInput remove(TokenSequence tokens, BitSet positions, ModelDescription model) {
    return Substitution.apply(tokens, positions, model, "mask");
  }
}
