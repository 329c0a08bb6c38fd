package org.attentionflow.testkit;

import java.util.Arrays;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.ArcEnds;

/** Listed blocks from matrices, and matrices from blocks of any shape. */
public final class Listed {
  private Listed() {}

  /**
   * A listed block with an arc for each positive capacity.
   *
   * @param capacity [tail · heads + head]
   */
  public static ArcBlock of(int tail, int head, int tails, int heads, double[] capacity) {
    int[] from = new int[capacity.length];
    int[] to = new int[capacity.length];
    double[] positive = new double[capacity.length];
    int count = 0;
    for (int i = 0; i < capacity.length; i++) {
      if (capacity[i] > 0) {
        from[count] = i / heads;
        to[count] = i % heads;
        positive[count++] = capacity[i];
      }
    }
    ArcEnds ends = ArcEnds.of(Arrays.copyOf(from, count), Arrays.copyOf(to, count), tails, heads);
    return ArcBlock.listed(tail, head, ends, Arrays.copyOf(positive, count));
  }

  /** Numbers on the arcs of a block as a matrix [tail · heads + head]; 0 where there is no arc. */
  public static double[] matrix(ArcBlock block, double[] numbers, int tails, int heads) {
    double[] matrix = new double[tails * heads];
    for (int arc = 0; arc < numbers.length; arc++) {
      if (block.capacity().get(arc) > 0) {
        matrix[block.tailNode(arc) * heads + block.headNode(arc)] = numbers[arc];
      }
    }
    return matrix;
  }
}
