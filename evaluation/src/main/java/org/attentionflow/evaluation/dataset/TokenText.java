package org.attentionflow.evaluation.dataset;

import java.util.List;
import org.attentionflow.failure.UnusableInputException;

/** A text made of tokens joined by single spaces, with the characters each token stands for. */
final class TokenText {
  private final String text;
  private final int[] starts;
  private final int[] ends;

  TokenText(List<String> tokens) {
    text = String.join(" ", tokens);
    starts = new int[tokens.size()];
    ends = new int[tokens.size()];
    int at = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = at;
      ends[i] = at + tokens.get(i).length();
      at = ends[i] + 1;
    }
  }

  String text() {
    return text;
  }

  /** The characters of the tokens from one up to, but without, another. */
  CharacterSpan span(int first, int end, String where) {
    if (first < 0 || end <= first || end > starts.length) {
      throw new UnusableInputException(
          where
              + ": the tokens "
              + first
              + " to "
              + end
              + " are not a stretch of the document's "
              + starts.length
              + ".");
    }
    return new CharacterSpan(starts[first], ends[end - 1]);
  }
}
