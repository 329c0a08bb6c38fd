package org.attentionflow.flow;

import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.NodeIndex;

/** Sums of numbers on the arcs of a chunk, by head and by tail. */
final class ChunkSums {
  private final ArcSweep.Chunk chunk;
  private final ArcBlock.Shape shape;
  private final double[] heads;
  private final double[] tails;

  ChunkSums(ArcSweep.Chunk chunk) {
    this.chunk = chunk;
    ArcBlock arcs = chunk.arcs();
    shape = arcs.shape();
    boolean isListed = shape == ArcBlock.Shape.LISTED;
    heads = new double[isListed ? arcs.ends().headCount() : arcs.capacity().columnCount()];
    tails =
        new double
            [switch (shape) {
              case DENSE -> chunk.to() - chunk.from();
              case DIAGONAL -> heads.length;
              case LISTED -> arcs.ends().tailCount();
            }];
  }

  /** Adds the numbers of a row, counted within the block. */
  void add(int row, double[] numbers) {
    if (shape == ArcBlock.Shape.LISTED) {
      addListed(row, numbers);
      return;
    }
    double sum = 0;
    for (int j = 0; j < heads.length; j++) {
      heads[j] += numbers[j];
      sum += numbers[j];
    }
    if (shape == ArcBlock.Shape.DIAGONAL) {
      System.arraycopy(numbers, 0, tails, 0, tails.length); // the one row of its block
    } else {
      tails[row - chunk.from()] = sum;
    }
  }

  private void addListed(int row, double[] numbers) {
    ArcBlock arcs = chunk.arcs();
    for (int j = 0; j < arcs.capacity().columnCount(); j++) {
      heads[arcs.headNode(row, j)] += numbers[j];
      tails[arcs.tailNode(row, j)] += numbers[j];
    }
  }

  /** Adds the sums to those of the nodes. */
  void join(NodeIndex index, double[] atHeads, double[] atTails) {
    int firstHead = index.first(chunk.arcs().head());
    for (int j = 0; j < heads.length; j++) {
      atHeads[firstHead + j] += heads[j];
    }
    int firstTail =
        index.first(chunk.arcs().tail()) + (shape == ArcBlock.Shape.DENSE ? chunk.from() : 0);
    for (int i = 0; i < tails.length; i++) {
      atTails[firstTail + i] += tails[i];
    }
  }
}
