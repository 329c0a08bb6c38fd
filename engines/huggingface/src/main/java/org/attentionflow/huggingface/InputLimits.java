package org.attentionflow.huggingface;

import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;

/**
 * What inputs a model takes, and how it counts positions.
 *
 * @param vocabularySize ids are below it; {@link #UNKNOWN} if the model does not say
 * @param segmentCount segments are below it; 0 if the model ignores them
 * @param maximumTokens the longest input; {@link #UNKNOWN} if the model does not say
 * @param paddingId the id that RoBERTa's positions leave out, or {@link #PLAIN_POSITIONS}
 */
public record InputLimits(int vocabularySize, int segmentCount, int maximumTokens, int paddingId) {
  /** Positions count 0, 1, 2, … whatever the ids are. */
  public static final int PLAIN_POSITIONS = -1;

  /** A limit that nothing tells: the model itself has to refuse what it cannot read. */
  public static final int UNKNOWN = Integer.MAX_VALUE;

  /**
   * Checks an input before it reaches native code.
   *
   * @throws UnusableInputException if it is too long, or has an id or a segment that is unknown
   */
  public void check(TokenSequence input) {
    checkLength(input.size());
    for (Token token : input.tokens()) {
      checkId(token.id());
    }
    if (segmentCount > 0) {
      for (int segment : input.segments()) {
        if (segment < 0 || segment >= segmentCount) {
          throw new UnusableInputException(
              "Segment " + segment + " is unknown to the model, which has " + segmentCount + ".");
        }
      }
    }
  }

  /** Refuses more tokens than the model reads. */
  public void checkLength(int tokenCount) {
    if (tokenCount > maximumTokens) {
      throw new UnusableInputException(
          (tokenCount + " tokens > " + maximumTokens + ", the most the model reads.")
              + " Nothing was truncated. Maybe explain a part of the text.");
    }
  }

  /** Refuses an id that is not in the vocabulary. */
  public void checkId(int id) {
    if (id < 0 || id >= vocabularySize) {
      throw new UnusableInputException(
          ("Token id " + id + " is not in the model's vocabulary of " + vocabularySize)
              + (" (0 to " + (vocabularySize - 1) + ")."));
    }
  }

  /** Whether positions follow the ids as RoBERTa's do. */
  private boolean skipsPadding() {
    return paddingId != PLAIN_POSITIONS;
  }

  /**
   * The positions of ids. RoBERTa counts from paddingId + 1, leaves out padding tokens and gives
   * them the position paddingId.
   */
  public long[] positions(int[] ids) {
    long[] positions = new long[ids.length];
    int next = skipsPadding() ? paddingId + 1 : 0;
    for (int i = 0; i < ids.length; i++) {
      boolean skipped = skipsPadding() && ids[i] == paddingId;
      positions[i] = skipped ? paddingId : next++;
    }
    return positions;
  }
}
