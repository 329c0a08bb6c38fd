package org.attentionflow.flow;

import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.NodeIndex;

/** Sums of numbers on the arcs of a chunk, by head and by tail. */
final class ChunkSums {
  private final ArcSweep.Chunk chunk;
  private final boolean isDiagonal;
  private final double[] heads;
  private final double[] tails;

  ChunkSums(ArcSweep.Chunk chunk) {
    this.chunk = chunk;
    isDiagonal = chunk.arcs().shape() == ArcBlock.Shape.DIAGONAL;
    heads = new double[chunk.arcs().capacity().columnCount()];
    tails = new double[isDiagonal ? heads.length : chunk.to() - chunk.from()];
  }

  /** Adds the numbers of a row, counted within the block. */
  void add(int row, double[] numbers) {
    double sum = 0;
    for (int j = 0; j < heads.length; j++) {
      heads[j] += numbers[j];
      sum += numbers[j];
    }
    if (isDiagonal) {
      System.arraycopy(numbers, 0, tails, 0, tails.length); // the one row of its block
    } else {
      tails[row - chunk.from()] = sum;
    }
  }

  /** Adds the sums to those of the nodes. */
  void join(NodeIndex index, double[] atHeads, double[] atTails) {
    int firstHead = index.first(chunk.arcs().head());
    for (int j = 0; j < heads.length; j++) {
      atHeads[firstHead + j] += heads[j];
    }
    int firstTail = index.first(chunk.arcs().tail()) + (isDiagonal ? 0 : chunk.from());
    for (int i = 0; i < tails.length; i++) {
      atTails[firstTail + i] += tails[i];
    }
  }
}
