package org.attentionflow.dual;

import java.util.Arrays;
import java.util.List;

/**
 * Sums of flows and of conductances at the nodes, kept apart for each chunk of rows and joined in
 * the order of the chunks: the same bits for any number of threads, which may fill different chunks
 * at once.
 */
final class ArcSums {
  /** What is done with rows once they are computed. */
  @FunctionalInterface
  interface Strip {
    void take(ArcLoops of, int firstRow);
  }

  /** Only the sums are wanted. */
  static final Strip NOTHING = (of, firstRow) -> {};

  private final ArcRows arcs;
  private final RowChunks chunks;

  /** [chunk][column]; [chunk][node] in a listed block. */
  private final double[][] headFlow;

  private final double[][] headConductance;

  /** [chunk][row within the chunk]; [chunk][node] in a diagonal or listed block. */
  private final double[][] tailFlow;

  private final double[][] tailConductance;

  /** Prepares for the chunks of a network's arcs. */
  ArcSums(ArcRows arcs, RowChunks chunks) {
    this.arcs = arcs;
    this.chunks = chunks;
    headFlow = new double[chunks.count()][];
    headConductance = new double[chunks.count()][];
    tailFlow = new double[chunks.count()][];
    tailConductance = new double[chunks.count()][];
    for (int chunk = 0; chunk < headFlow.length; chunk++) {
      int block = chunks.block(chunk);
      boolean isListed = arcs.isListed(block);
      int columns = isListed ? arcs.size(arcs.head(block)) : ArcLoops.padded(arcs.width(block));
      headFlow[chunk] = new double[columns];
      headConductance[chunk] = new double[columns];
      boolean isDiagonal = arcs.isDiagonal(block);
      int rows = isListed ? arcs.size(arcs.tail(block)) : chunks.to(chunk) - chunks.from(chunk);
      tailFlow[chunk] = isDiagonal ? headFlow[chunk] : new double[rows];
      tailConductance[chunk] = isDiagonal ? headConductance[chunk] : new double[rows];
    }
  }

  /** Computes a chunk; its strips of rows are handed on one by one. */
  void compute(int chunk, ArcLoops of, double[][] potential, double mu, Strip strip) {
    if (arcs.isListed(chunks.block(chunk))) {
      eachListed(chunk, of, potential, () -> of.computeArcs(mu), strip);
      return;
    }
    each(
        chunk, of, potential, () -> of.compute(mu, headFlow[chunk], headConductance[chunk]), strip);
  }

  /** The same with conductance times reduced cost in place of the flows. */
  void computeCosts(int chunk, ArcLoops of, double[][] potential, double mu) {
    if (arcs.isListed(chunks.block(chunk))) {
      eachListed(chunk, of, potential, () -> of.computeArcCosts(mu), NOTHING);
      return;
    }
    each(chunk, of, potential, () -> of.computeCosts(mu, headFlow[chunk]), NOTHING);
  }

  private void each(int chunk, ArcLoops of, double[][] potential, Runnable compute, Strip strip) {
    int block = chunks.block(chunk);
    int from = chunks.from(chunk);
    int most = of.mostRows(arcs.width(block), strip != NOTHING);
    boolean isDiagonal = arcs.isDiagonal(block);
    Arrays.fill(headFlow[chunk], 0);
    Arrays.fill(headConductance[chunk], 0);
    for (int row = from; row < chunks.to(chunk); row += most) {
      int rows = Math.min(most, chunks.to(chunk) - row);
      of.load(arcs, block, row, rows, potential);
      compute.run();
      for (int i = 0; i < rows && !isDiagonal; i++) {
        tailFlow[chunk][row - from + i] = of.rowFlow(i);
        tailConductance[chunk][row - from + i] = of.rowConductance(i);
      }
      strip.take(of, row);
    }
  }

  private void eachListed(
      int chunk, ArcLoops of, double[][] potential, Runnable compute, Strip strip) {
    int block = chunks.block(chunk);
    int width = arcs.width(block);
    for (double[][] sums : List.of(headFlow, headConductance, tailFlow, tailConductance)) {
      Arrays.fill(sums[chunk], 0);
    }
    for (int row = chunks.from(chunk); row < chunks.to(chunk); row++) {
      of.load(arcs, block, row, 1, potential);
      compute.run();
      for (int j = 0; j < width; j++) {
        int head = arcs.headNode(block, row, j);
        int tail = arcs.tailNode(block, row, j);
        headFlow[chunk][head] += of.flow(j);
        headConductance[chunk][head] += of.conductance(j);
        tailFlow[chunk][tail] += of.flow(j);
        tailConductance[chunk][tail] += of.conductance(j);
      }
      strip.take(of, row);
    }
  }

  /** The imbalance, inflow − outflow, of every node; overwrites what it is given. */
  void join(double[][] imbalance) {
    join(-1, imbalance);
  }

  /** Inflow + outflow of every node; overwrites what it is given. */
  void joinThroughput(double[][] throughput) {
    join(1, throughput);
  }

  private void join(double sign, double[][] sum) {
    for (double[] group : sum) {
      Arrays.fill(group, 0);
    }
    for (int chunk = 0; chunk < headFlow.length; chunk++) {
      addHeads(chunk, headFlow, sum[arcs.head(chunks.block(chunk))]);
      addTails(chunk, sign, tailFlow, sum[arcs.tail(chunks.block(chunk))]);
    }
  }

  /**
   * The imbalance of the nodes of one group and the sums of their conductances, from the chunks of
   * the arcs that enter or leave it; overwrites what it is given.
   */
  void join(int group, int[] chunksAt, double[] imbalance, double[] diagonal) {
    Arrays.fill(imbalance, 0);
    Arrays.fill(diagonal, 0);
    for (int chunk : chunksAt) {
      if (arcs.head(chunks.block(chunk)) == group) {
        addHeads(chunk, headFlow, imbalance);
        addHeads(chunk, headConductance, diagonal);
      } else {
        addTails(chunk, -1, tailFlow, imbalance);
        addTails(chunk, 1, tailConductance, diagonal);
      }
    }
  }

  private static void addHeads(int chunk, double[][] sums, double[] into) {
    for (int j = 0; j < into.length; j++) {
      into[j] += sums[chunk][j];
    }
  }

  private void addTails(int chunk, double sign, double[][] sums, double[] into) {
    boolean isByNode = arcs.isDiagonal(chunks.block(chunk)) || arcs.isListed(chunks.block(chunk));
    int first = isByNode ? 0 : chunks.from(chunk);
    int count = isByNode ? into.length : sums[chunk].length;
    for (int i = 0; i < count; i++) {
      into[first + i] += sign * sums[chunk][i];
    }
  }
}
