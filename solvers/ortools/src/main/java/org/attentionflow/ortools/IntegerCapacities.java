package org.attentionflow.ortools;

import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeIndex;
import org.attentionflow.tensor.Matrix;

/**
 * The capacities of a network as integers: u becomes ⌊2^k u⌋, with one k for all arcs. Rounding
 * down keeps every integer flow feasible; an arc loses less than one unit 2^−k, and nothing if 2^k
 * u is an integer.
 *
 * <p>Terminal arcs can be as large as all capacities together, and would cost digits. They are
 * clipped to what the token at their other end can pass on (or receive), which no flow exceeds.
 * Then k is the largest number with which the capacities into and out of each node, super-source
 * and super-sink included, add up to less than 2^62: no sum overflows, here or in OR-Tools.
 */
final class IntegerCapacities {
  private static final int SUM_BITS = 62;
  private static final long LARGEST = 1L << SUM_BITS;

  /** More than the sums of doubles that k is chosen by can be too small, relative. */
  private static final double ROUNDING = 1e-6;

  private final FlowNetwork network;
  private final NodeIndex index;
  private final int exponent;

  /** Per node the integer capacities into it and out of it, but no more than {@link #LARGEST}. */
  private final long[] in;

  private final long[] out;

  private IntegerCapacities(FlowNetwork network) {
    this.network = network;
    this.index = NodeIndex.of(network);
    this.exponent = exponent();
    this.in = new long[index.nodeCount()];
    this.out = new long[index.nodeCount()];
    for (ArcBlock block : network.blocks()) {
      Matrix capacity = block.capacity();
      for (int i = 0; i < capacity.size(); i++) {
        long units = units(capacity.get(i));
        int tail = tail(block, i);
        int head = head(block, i);
        out[tail] = sum(out[tail], units);
        in[head] = sum(in[head], units);
      }
    }
  }

  static IntegerCapacities of(FlowNetwork network) {
    return new IntegerCapacities(network);
  }

  /** The capacity of an arc in units, clipped; arcs are numbered as the capacities are. */
  long capacity(ArcBlock block, int arc) {
    long units = units(block.capacity().get(arc));
    boolean leavesSource = block.tail() == network.source();
    boolean entersSink = block.head() == network.sink();
    if (leavesSource && !entersSink) {
      units = Math.min(units, out[head(block, arc)]);
    }
    if (entersSink && !leavesSource) {
      units = Math.min(units, in[tail(block, arc)]);
    }
    return units;
  }

  /**
   * Whether an arc's capacity is above its integer capacity because that was clipped, and not only
   * rounded: a flow cannot saturate it.
   */
  boolean isClipped(ArcBlock block, int arc) {
    return capacity(block, arc) < units(block.capacity().get(arc));
  }

  /** Whether an arc loses a part of a unit by rounding. */
  boolean isRounded(ArcBlock block, int arc) {
    double scaled = Math.scalb(block.capacity().get(arc), exponent);
    return scaled < LARGEST && scaled != (long) scaled;
  }

  /** A number of units in the unit of the capacities, rounded to the nearest double. */
  double value(long units) {
    return Math.scalb((double) units, -exponent);
  }

  /** The numbers of the nodes. */
  NodeIndex index() {
    return index;
  }

  /** The number of the tail of an arc. */
  int tail(ArcBlock block, int arc) {
    return index.first(block.tail()) + block.tailNode(arc);
  }

  /** The number of the head of an arc. */
  int head(ArcBlock block, int arc) {
    return index.first(block.head()) + block.headNode(arc);
  }

  private long units(double capacity) {
    double scaled = Math.scalb(capacity, exponent); // exact but for what lies below 2^-1074
    return scaled < LARGEST ? (long) scaled : LARGEST;
  }

  /** Adds two numbers of units that are at most {@link #LARGEST}; so is the result. */
  private static long sum(long left, long right) {
    return right > LARGEST - left ? LARGEST : left + right;
  }

  private int exponent() {
    double[] inner = new double[index.nodeCount()]; // into a node, from tokens
    double[] outer = new double[index.nodeCount()]; // out of a node, to tokens
    double[] source = new double[index.nodeCount()]; // into a node, from the super-source
    double[] sink = new double[index.nodeCount()]; // out of a node, to the super-sink
    for (ArcBlock block : network.blocks()) {
      Matrix capacity = block.capacity();
      for (int i = 0; i < capacity.size(); i++) {
        int tail = tail(block, i);
        int head = head(block, i);
        (block.head() == network.sink() ? sink : outer)[tail] += capacity.get(i);
        (block.tail() == network.source() ? source : inner)[head] += capacity.get(i);
      }
    }
    double fromSource = sink[index.first(network.source())];
    double intoSink = source[index.first(network.sink())];
    double largest = 0;
    for (int node = 0; node < inner.length; node++) {
      double clippedSource = Math.min(source[node], outer[node] + sink[node]);
      double clippedSink = Math.min(sink[node], inner[node] + source[node]);
      boolean isTerminal =
          node == index.first(network.source()) || node == index.first(network.sink());
      if (!isTerminal) {
        fromSource += clippedSource;
        intoSink += clippedSink;
        largest = Math.max(largest, inner[node] + clippedSource);
        largest = Math.max(largest, outer[node] + clippedSink);
      }
    }
    largest = Math.max(largest, Math.max(fromSource, intoSink));
    // x < 2^(getExponent(x) + 1)
    return SUM_BITS - 1 - Math.getExponent(largest * (1 + ROUNDING));
  }
}
