package org.attentionflow.dual;

import java.util.Arrays;

/**
 * Sums of arc flows at the nodes, kept apart for each chunk of rows and joined in the order of the
 * chunks. Different chunks may be filled by different threads at once.
 */
public final class ImbalanceSums {
  private final ArcRows arcs;
  private final RowChunks chunks;
  private final double[][] heads;
  private final double[][] tails;

  /** Prepares for the chunks of a network's arcs, {@link RowChunks#of}. */
  public ImbalanceSums(ArcRows arcs, RowChunks chunks) {
    this.arcs = arcs;
    this.chunks = chunks;
    heads = new double[chunks.count()][];
    tails = new double[chunks.count()][];
    for (int chunk = 0; chunk < heads.length; chunk++) {
      int block = chunks.block(chunk);
      heads[chunk] = new double[ArcStrip.padded(arcs.width(block))];
      int rows = chunks.to(chunk) - chunks.from(chunk);
      tails[chunk] = new double[arcs.isDiagonal(block) ? heads[chunk].length : rows];
    }
  }

  /** Forgets what was added to a chunk. */
  public void clear(int chunk) {
    Arrays.fill(heads[chunk], 0);
    Arrays.fill(tails[chunk], 0);
  }

  /**
   * Adds a row of flows.
   *
   * @param row the row of the chunk's block, within the chunk
   * @param flow the flows, from index 0
   */
  public void add(int chunk, int row, double[] flow) {
    int width = arcs.width(chunks.block(chunk));
    add(flow, 0, heads[chunk], width);
    if (arcs.isDiagonal(chunks.block(chunk))) {
      add(flow, 0, tails[chunk], width);
    } else {
      tails[chunk][row - chunks.from(chunk)] += Sums.sum(flow, 0, width);
    }
  }

  /** Adds the flows of a strip. */
  public void add(ArcStrip strip, double[] flow) {
    int stride = strip.stride();
    double[] into = heads[strip.chunk()];
    if (strip.isDiagonal()) {
      add(flow, 0, into, stride);
      add(flow, 0, tails[strip.chunk()], stride);
      return;
    }
    for (int i = 0; i < strip.rows(); i++) {
      int at = i * stride;
      add(flow, at, into, stride);
      addTail(strip, i, Sums.sum(flow, at, at + stride));
    }
  }

  /** The sums of a chunk by head, filled up as {@link ArcStrip} says; the array itself. */
  public double[] heads(int chunk) {
    return heads[chunk];
  }

  /** Adds to the sum of the tail of a strip's row. */
  public void addTail(ArcStrip strip, int row, double flow) {
    tails[strip.chunk()][strip.firstInChunk() + row] += flow;
  }

  /**
   * Adds a part of a row of flows, which are summed in double precision.
   *
   * @param from the first arc of the row
   * @param count the number of arcs
   * @param flow their flows, from index 0
   */
  public void add(int chunk, int row, int from, int count, float[] flow) {
    if (arcs.isDiagonal(chunks.block(chunk))) {
      add(flow, heads[chunk], from, count);
      add(flow, tails[chunk], from, count);
    } else {
      tails[chunk][row - chunks.from(chunk)] += add(flow, heads[chunk], from, count);
    }
  }

  /** Adds the flows and returns their sum, which has four chains. */
  private static double add(float[] flow, double[] into, int from, int count) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = 0;
    for (; j + 4 <= count; j += 4) {
      double f0 = flow[j];
      double f1 = flow[j + 1];
      double f2 = flow[j + 2];
      double f3 = flow[j + 3];
      s0 += f0;
      s1 += f1;
      s2 += f2;
      s3 += f3;
      into[from + j] += f0;
      into[from + j + 1] += f1;
      into[from + j + 2] += f2;
      into[from + j + 3] += f3;
    }
    for (; j < count; j++) {
      s0 += flow[j];
      into[from + j] += flow[j];
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static void add(double[] flow, int at, double[] into, int count) {
    if (at == 0) { // the compiler vectorises a loop without an offset
      for (int j = 0; j < count; j++) {
        into[j] += flow[j];
      }
    } else {
      for (int j = 0; j < count; j++) {
        into[j] += flow[at + j];
      }
    }
  }

  /** The imbalance, inflow − outflow, of every node; overwrites what it is given. */
  public void join(double[][] imbalance) {
    for (double[] group : imbalance) {
      Arrays.fill(group, 0);
    }
    for (int chunk = 0; chunk < heads.length; chunk++) {
      int block = chunks.block(chunk);
      double[] in = imbalance[arcs.head(block)];
      for (int j = 0; j < in.length; j++) {
        in[j] += heads[chunk][j];
      }
      double[] out = imbalance[arcs.tail(block)];
      boolean isDiagonal = arcs.isDiagonal(block);
      int first = isDiagonal ? 0 : chunks.from(chunk);
      int count = isDiagonal ? out.length : tails[chunk].length;
      for (int i = 0; i < count; i++) {
        out[first + i] -= tails[chunk][i];
      }
    }
  }
}
