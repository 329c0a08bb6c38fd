package org.attentionflow.evaluation.perturbation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;

/**
 * Deletes the ids of removed tokens; the rest moves up. The text is never tokenized again, so a
 * word that loses a piece keeps its other pieces as they are.
 */
public final class DeleteRemoval implements Removal {
  @Override
  public String name() {
    return "delete";
  }

  @Override
  public String summary() {
    return "Deletes the ids of removed tokens; the rest moves up and is not tokenized again.";
  }

  @Override
  public PerturbedInput remove(TokenSequence tokens, BitSet positions, ModelDescription model) {
    List<Token> left = new ArrayList<>();
    List<Integer> segments = new ArrayList<>();
    for (Token token : tokens.tokens()) {
      if (!positions.get(token.index())) {
        left.add(
            new Token(
                left.size(),
                token.id(),
                token.text(),
                token.start(),
                token.end(),
                token.special()));
        segments.add(tokens.segments().get(token.index()));
      }
    }
    if (left.isEmpty()) {
      throw new UnusableInputException(
          "Nothing is left when all "
              + tokens.size()
              + " tokens are deleted. Maybe remove tokens with the operator mask.");
    }
    return PerturbedInput.of(new TokenSequence(tokens.text(), left, segments));
  }
}
