package org.attentionflow.baselines.perturbation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.attentionflow.attribution.MethodOption;
import org.attentionflow.engine.ModelDescription;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;

/** What becomes of a token that is removed. Nothing is tokenized again. */
public enum Removal {
  /** The id of [MASK] stands in its place. */
  MASK,
  /** The id of the unknown token stands in its place. */
  UNK,
  /** The id of the padding token stands in its place, and is attended to. */
  PAD,
  /** It is left out, and later tokens move up. */
  DELETE;

  /** The option by which methods choose one. */
  static final MethodOption OPTION =
      new MethodOption(
          "removal", "mask", "what becomes of a removed token: mask, unk, pad, delete");

  /**
   * The id that stands in the place of removed tokens; −1 if they are left out.
   *
   * @throws UnusableInputException if the model has no such token
   */
  int replacement(ModelDescription model) {
    if (this == DELETE) {
      return -1;
    }
    String role = name().toLowerCase(Locale.ROOT);
    return model
        .specialToken(role)
        .orElseThrow(
            () ->
                new UnusableInputException(
                    "The model "
                        + model.name()
                        + " has no "
                        + role
                        + " token. Maybe set method.removal = delete."));
  }

  /**
   * The input without some of its tokens.
   *
   * @param removed per token whether it is removed
   * @throws UnusableInputException if nothing is left, or the model has no token to put there
   */
  public TokenSequence apply(TokenSequence input, boolean[] removed, ModelDescription model) {
    int id = replacement(model);
    List<Token> tokens = new ArrayList<>();
    List<Integer> segments = new ArrayList<>();
    for (Token token : input.tokens()) {
      boolean isRemoved = removed[token.index()];
      if (isRemoved && this == DELETE) {
        continue;
      }
      tokens.add(
          new Token(
              tokens.size(),
              isRemoved ? id : token.id(),
              token.text(),
              token.start(),
              token.end(),
              token.special()));
      segments.add(input.segments().get(token.index()));
    }
    if (tokens.isEmpty()) {
      throw new UnusableInputException(
          "Nothing is left when all tokens are deleted. Maybe set method.removal = mask.");
    }
    return new TokenSequence(input.text(), tokens, segments);
  }
}
