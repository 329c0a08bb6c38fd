package org.attentionflow.huggingface.session;

import java.util.List;
import java.util.stream.IntStream;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;

/** The input of a run that shows what a graph does not tell of itself. */
public final class TrialInput {
  private static final int FEW_TOKENS = 2;

  /** Larger attention is not computed only to learn how many heads there are. */
  private static final long MOST_PAIRS = 1L << 22;

  private TrialInput() {}

  /**
   * Tokens of id 0: two, or as many as the graph takes.
   *
   * @param fixedTokens the length that the graph takes; less than 1 for any
   * @param fixedBatch the number of inputs that it takes at once; less than 1 for any
   * @throws UnusableInputException if these are too large for a trial
   */
  public static TokenSequence of(int fixedTokens, int fixedBatch) {
    int size = fixedTokens < 1 ? FEW_TOKENS : fixedTokens;
    int rows = Math.max(1, fixedBatch);
    if ((double) rows * size * size > MOST_PAIRS) {
      throw new UnusableInputException(
          ("The graph does not tell its numbers of heads and classes, and takes "
                  + rows
                  + " times ")
              + (size + " tokens, too many to try it. Maybe save it with open sizes."));
    }
    List<Token> tokens =
        IntStream.range(0, size).mapToObj(i -> new Token(i, 0, "", 0, 0, false)).toList();
    return TokenSequence.of("", tokens);
  }
}
