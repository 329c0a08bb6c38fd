package org.attentionflow.evaluation.perturbation;

import java.util.BitSet;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.token.TokenSequence;

/**
 * Puts the padding token, attended to, in the place of each removed token. Models that read
 * positions off the padding (RoBERTa) give it the position of padding.
 */
public final class PadRemoval implements Removal {
  @Override
  public String name() {
    return "pad";
  }

  @Override
  public String summary() {
    return "Puts the padding token in the place of each removed token; it is attended to.";
  }

  @Override
  public PerturbedInput remove(TokenSequence tokens, BitSet positions, ModelDescription model) {
    return Substitution.apply(tokens, positions, model, "pad");
  }
}
