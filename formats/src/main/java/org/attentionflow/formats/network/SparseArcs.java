package org.attentionflow.formats.network;

import java.util.Arrays;

/**
 * The arcs of a DIMACS file with a positive capacity, in the order of the file. Memory grows with
 * what has been added.
 */
final class SparseArcs {
  private int[] tails = new int[16];
  private int[] heads = new int[16];
  private double[] capacities = new double[16];
  private int count;

  /** Adds an arc. */
  void add(int tail, int head, double capacity) {
    if (count == tails.length) {
      int length = Math.addExact(count, Math.max(16, count >> 1));
      tails = Arrays.copyOf(tails, length);
      heads = Arrays.copyOf(heads, length);
      capacities = Arrays.copyOf(capacities, length);
    }
    tails[count] = tail;
    heads[count] = head;
    capacities[count] = capacity;
    count++;
  }

  /** The number of arcs. */
  int count() {
    return count;
  }

  /** The node an arc leaves. */
  int tail(int arc) {
    return tails[arc];
  }

  /** The node an arc enters. */
  int head(int arc) {
    return heads[arc];
  }

  /** The capacity of an arc, above zero. */
  double capacity(int arc) {
    return capacities[arc];
  }
}
