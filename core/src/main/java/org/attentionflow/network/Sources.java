package org.attentionflow.network;

import java.util.List;

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
