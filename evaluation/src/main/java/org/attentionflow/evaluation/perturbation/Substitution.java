package org.attentionflow.evaluation.perturbation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;

/** Puts one special token in the place of each removed one; the length stays. */
final class Substitution {
  private Substitution() {}

  /**
   * Substitutes tokens.
   *
   * @param role the special token, for example {@code mask}
   */
  static PerturbedInput apply(
      TokenSequence tokens, BitSet positions, ModelDescription model, String role) {
    int id =
        model
            .specialToken(role)
            .orElseThrow(
                () ->
                    new UnusableInputException(
                        ("The tokenizer of " + model.name() + " has no " + role + " token.")
                            + " Maybe remove tokens with the operator delete."));
    String text = "[" + role.toUpperCase(Locale.ROOT) + "]";
    List<Token> left = new ArrayList<>(tokens.tokens());
    for (int i = positions.nextSetBit(0); i >= 0; i = positions.nextSetBit(i + 1)) {
      Token token = left.get(i);
      left.set(i, new Token(i, id, text, token.start(), token.end(), token.special()));
    }
    return PerturbedInput.of(new TokenSequence(tokens.text(), left, tokens.segments()));
  }
}
