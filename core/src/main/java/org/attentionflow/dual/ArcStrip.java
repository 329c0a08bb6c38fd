package org.attentionflow.dual;

import java.util.Arrays;

/**
 * A few rows of one block of arcs with what a primal–dual method keeps of them, one row after the
 * other in each array. Rows of some length are filled up to whole vectors of {@link #LANES} arcs by
 * arcs of no capacity, so that loops over a row leave no rest. Vectors of potentials have to be
 * {@link Potentials#padded}.
 */
public final class ArcStrip {
  /** The arcs of a whole vector; shorter rows are left as they are. */
  public static final int LANES = 8;

  private final ArcRows arcs;
  private final int block;
  private final int chunk;
  private final int firstRow;
  private final int firstInChunk;
  private final int rows;
  private final int stride;

  /** Capacities u. */
  public final double[] capacity;

  /** Flows f. */
  public final double[] flow;

  /** Prices l of the bound 0. */
  public final double[] lower;

  /** Prices q of the bound u. */
  public final double[] upper;

  /**
   * Takes rows of a block.
   *
   * @param chunk the number of their chunk, which begins with row {@code chunkFrom} of the block
   * @param absent the capacity that stands for 0
   */
  public ArcStrip(
      ArcRows arcs, int block, int chunk, int chunkFrom, int firstRow, int rows, double absent) {
    this.arcs = arcs;
    this.block = block;
    this.chunk = chunk;
    this.firstRow = firstRow;
    this.rows = rows;
    firstInChunk = firstRow - chunkFrom;
    stride = padded(arcs.width(block));
    capacity = new double[rows * stride];
    Arrays.fill(capacity, absent);
    for (int i = 0; i < rows; i++) {
      arcs.capacities(block, firstRow + i, capacity, i * stride);
    }
    for (int j = 0; j < capacity.length; j++) {
      capacity[j] = Math.max(absent, capacity[j]);
    }
    flow = new double[capacity.length];
    lower = new double[capacity.length];
    upper = new double[capacity.length];
  }

  /** The length that a row of some arcs is filled up to. */
  public static int padded(int width) {
    return width < LANES ? width : (width + LANES - 1) / LANES * LANES;
  }

  /** The number of arcs, those that fill up included. */
  public int length() {
    return capacity.length;
  }

  /** The block. */
  public int block() {
    return block;
  }

  /** The chunk. */
  public int chunk() {
    return chunk;
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The first row, counted within the block. */
  public int firstRow() {
    return firstRow;
  }

  /** The first row, counted within the chunk. */
  public int firstInChunk() {
    return firstInChunk;
  }

  /** The arcs from the beginning of a row to that of the next. */
  public int stride() {
    return stride;
  }

  /** Whether arc j of the one row has its own tail j. */
  public boolean isDiagonal() {
    return arcs.isDiagonal(block);
  }

  /** The group that the arcs leave. */
  public int tail() {
    return arcs.tail(block);
  }

  /** The group that the arcs enter. */
  public int head() {
    return arcs.head(block);
  }

  /** The tail's potential of a row, so that the reduced cost is the head's minus this. */
  public double shiftedTail(double[][] potential, int row) {
    return potential[tail()][firstRow + row] - arcs.shift(block);
  }

  /** The reduced costs c + y_head − y_tail, from potentials as {@link ArcRows} keeps them. */
  void costs(double[][] potential, double[] into) {
    double[] heads = potential[head()];
    if (isDiagonal()) {
      double[] tails = potential[tail()];
      for (int j = 0; j < stride; j++) {
        into[j] = heads[j] - (tails[j] - arcs.shift(block));
      }
      return;
    }
    for (int i = 0; i < rows; i++) {
      double tail = shiftedTail(potential, i);
      int at = i * stride;
      for (int j = 0; j < stride; j++) {
        into[at + j] = heads[j] - tail;
      }
    }
  }
}
