package org.attentionflow.network;

import java.util.Arrays;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;

/**
 * Which nodes of the top layer the super-source feeds (in Algorithm 1; in Algorithm 2 they drain to
 * the super-sink).
 */
public sealed interface Sources {
  /** Every token: Generalized Attention Flow. */
  record All() implements Sources {}

  /** The given positions; a negative one counts from the end, −1 being the last token. */
  record Positions(List<Integer> positions) implements Sources {
    /** Copies the list. */
    public Positions {
      positions = List.copyOf(positions);
    }
  }

  /**
   * Per token of the top layer whether it is a source.
   *
   * @throws UnusableInputException if a position is not one of the tokens
   */
  default boolean[] among(int tokenCount) {
    boolean[] isSource = new boolean[tokenCount];
    if (this instanceof Positions chosen) {
      for (int position : chosen.positions()) {
        int index = position < 0 ? tokenCount + position : position;
        if (index < 0 || index >= tokenCount) {
          throw new UnusableInputException(
              "Source position " + position + " is not one of the " + tokenCount + " tokens.");
        }
        isSource[index] = true;
      }
    } else {
      Arrays.fill(isSource, true);
    }
    return isSource;
  }

  /** Every token. */
  static Sources all() {
    return new All();
  }

  /** The first token, which is [CLS] in BERT-like classifiers. */
  static Sources classifier() {
    return new Positions(List.of(0));
  }

  /** One position; a negative one counts from the end. */
  static Sources position(int position) {
    return new Positions(List.of(position));
  }
}
