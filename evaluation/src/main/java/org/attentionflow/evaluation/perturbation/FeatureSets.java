package org.attentionflow.evaluation.perturbation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Sets of features, as value functions take them. */
public final class FeatureSets {
  /** Smaller sets first; of equal size, the one with the lower first index that differs. */
  public static final Comparator<BitSet> ORDER =
      Comparator.comparingInt(BitSet::cardinality).thenComparing(FeatureSets::compareMembers);

  private FeatureSets() {}

  /** The first features of an order. */
  public static BitSet first(int[] order, int count) {
    BitSet set = new BitSet();
    for (int i = 0; i < count; i++) {
      set.set(order[i]);
    }
    return set;
  }

  /** All features but those of a set. */
  public static BitSet complement(BitSet set, int size) {
    BitSet rest = (BitSet) set.clone();
    rest.flip(0, size);
    return rest;
  }

  /**
   * The set whose members are the bits of a number.
   *
   * @param bits bit i stands for feature i
   */
  public static BitSet ofBits(long bits) {
    return BitSet.valueOf(new long[] {bits});
  }

  /**
   * All 2ᴺ subsets of N features; element s is {@link #ofBits ofBits(s)}.
   *
   * @throws IllegalArgumentException if there are more than 2²⁰
   */
  public static List<BitSet> all(int size) {
    if (size > 20) {
      throw new IllegalArgumentException("There are too many subsets of " + size + " features.");
    }
    List<BitSet> sets = new ArrayList<>(1 << size);
    for (int bits = 0; bits < 1 << size; bits++) {
      sets.add(ofBits(bits));
    }
    return sets;
  }

  private static int compareMembers(BitSet left, BitSet right) {
    BitSet differing = (BitSet) left.clone();
    differing.xor(right);
    int first = differing.nextSetBit(0);
    return first < 0 ? 0 : left.get(first) ? -1 : 1;
  }
}
