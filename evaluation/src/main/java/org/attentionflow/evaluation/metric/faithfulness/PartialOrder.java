package org.attentionflow.evaluation.metric.faithfulness;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * An order of removal as far as a search has decided it: from its beginning on, or from its end.
 *
 * @param moved the features decided on, in the order of the decisions
 * @param removed the features removed at the point the search has come to
 * @param gained Σ w_k d(S_k) over the counts behind the search
 * @param promise what the order will have gained if its drop lasts
 */
record PartialOrder(int[] moved, BitSet removed, double gained, double promise) {
  /** Nothing is decided; the search begins at a set of removed features, none or all. */
  static PartialOrder from(BitSet removed) {
    return new PartialOrder(new int[0], removed, 0, 0);
  }

  /** The removed set with features moved to its other side. */
  BitSet moving(int... features) {
    BitSet other = (BitSet) removed.clone();
    for (int feature : features) {
      other.flip(feature);
    }
    return other;
  }

  /** The features decided on with more behind them. */
  int[] append(int... features) {
    return IntStream.concat(IntStream.of(moved), IntStream.of(features)).toArray();
  }

  /** The order of all features; those not decided on follow by position. */
  int[] fromBeginning(int size) {
    return IntStream.concat(IntStream.of(moved), left(size)).toArray();
  }

  /** The order of all features whose last is the first decided on; the others by position. */
  int[] fromEnd(int size) {
    IntStream reversed = IntStream.range(0, moved.length).map(i -> moved[moved.length - 1 - i]);
    return IntStream.concat(left(size), reversed).toArray();
  }

  private IntStream left(int size) {
    BitSet decided = new BitSet();
    IntStream.of(moved).forEach(decided::set);
    return IntStream.range(0, size).filter(feature -> !decided.get(feature));
  }
}
