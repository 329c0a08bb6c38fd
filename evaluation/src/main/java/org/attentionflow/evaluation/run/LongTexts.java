package org.attentionflow.evaluation.run;

import java.util.ArrayList;
import java.util.List;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.evaluation.dataset.Example;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.token.TokenSequence;
import org.jspecify.annotations.Nullable;

/** Turns texts into tokens and does with those that are too long what the settings say. */
final class LongTexts {
  private final ModelSession session;
  private final String policy;
  private final int limit;

  /**
   * Takes the choices.
   *
   * @param policy skip, truncate or fail
   * @param limit the most tokens; 0 for the model's limit
   */
  LongTexts(ModelSession session, String policy, int limit) {
    this.session = session;
    this.policy = policy;
    int longest = session.model().maximumTokens();
    this.limit = limit > 0 ? Math.min(limit, longest) : longest;
  }

  /**
   * The tokens of an example.
   *
   * @throws UnusableInputException if it is too long and the policy is to fail
   */
  PreparedExample prepare(int index, Example example, int gold) {
    TokenSequence tokens;
    try {
      tokens = fitting(example.text());
    } catch (UnusableInputException e) {
      return new PreparedExample(index, example, gold, null, false, e.getMessage(), false);
    }
    if (tokens != null) {
      return new PreparedExample(index, example, gold, tokens, false, null, false);
    }
    String reason = "more than " + limit + " tokens";
    return switch (policy) {
      case "truncate" ->
          new PreparedExample(index, example, gold, longest(example.text()), true, null, false);
      case "fail" ->
          throw new UnusableInputException(
              "Example "
                  + example.id()
                  + " has "
                  + reason
                  + ". Maybe data.long: skip or truncate.");
      default -> new PreparedExample(index, example, gold, null, false, reason, true);
    };
  }

  /** The tokens of a text; null if there are too many. */
  private @Nullable TokenSequence fitting(String text) {
    try {
      TokenSequence tokens = session.tokenize(text);
      return tokens.size() <= limit ? tokens : null;
    } catch (UnusableInputException e) {
      // Too long for the model, or unusable in itself: then its beginning is unusable too.
      List<Integer> ends = wordEnds(text);
      if (ends.size() < 2) {
        throw e;
      }
      session.tokenize(text.substring(0, ends.get(0)));
      return null;
    }
  }

  /** The tokens of the longest beginning, ended behind a word, that fits; found by bisection. */
  private TokenSequence longest(String text) {
    List<Integer> ends = wordEnds(text);
    int fits = -1;
    int tooLong = ends.size();
    TokenSequence best = null;
    while (tooLong - fits > 1) {
      int middle = (fits + tooLong) >>> 1;
      TokenSequence tokens = fitting(text.substring(0, ends.get(middle)));
      if (tokens == null) {
        tooLong = middle;
      } else {
        fits = middle;
        best = tokens;
      }
    }
    if (best == null) {
      throw new UnusableInputException("The first word alone has too many tokens.");
    }
    return best;
  }

  private static List<Integer> wordEnds(String text) {
    List<Integer> ends = new ArrayList<>();
    for (int i = 1; i <= text.length(); i++) {
      boolean endsHere = i == text.length() || Character.isWhitespace(text.charAt(i));
      if (endsHere && !Character.isWhitespace(text.charAt(i - 1))) {
        ends.add(i);
      }
    }
    return ends;
  }
}
