package org.attentionflow.network;

import java.util.Arrays;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.tensor.Matrix;

/**
 * The arcs from every node of one group to every node of another, as one matrix of capacities
 * [tail][head]; or, in a diagonal block, the arcs from node i to node i alone, as a single row of
 * capacities. A capacity of zero means that there is no arc.
 *
 * @param tail the index of the group the arcs leave
 * @param head the index of the group the arcs enter
 * @param shape whether the block is dense or diagonal
 * @param capacity dense: tail size × head size; diagonal: 1 × group size; finite and ≥ 0
 */
public record ArcBlock(int tail, int head, Shape shape, Matrix capacity) {
  /** Which arcs a block holds. */
  public enum Shape {
    /** Every node of the tail group to every node of the head group. */
    DENSE,
    /** Node i of the tail group to node i of the head group, which has the same size. */
    DIAGONAL
  }

  /**
   * Checks the capacities.
   *
   * @throws UnusableInputException if a capacity is negative, infinite or not a number
   */
  public ArcBlock {
    for (int i = 0; i < capacity.size(); i++) {
      double value = capacity.get(i);
      if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
        int row = i / capacity.columnCount();
        int column = i % capacity.columnCount();
        throw new UnusableInputException(
            "The capacity ("
                + value
                + ") of the arc from node "
                + (shape == Shape.DENSE ? row : column)
                + " of group "
                + tail
                + " to node "
                + column
                + " of group "
                + head
                + " must be finite and not negative."
                + " Maybe the gradients were not clipped at zero.");
      }
    }
  }

  /** A dense block. */
  public static ArcBlock dense(int tail, int head, Matrix capacity) {
    return new ArcBlock(tail, head, Shape.DENSE, capacity);
  }

  /** A diagonal block with one capacity per node. */
  public static ArcBlock diagonal(int tail, int head, double[] capacity) {
    return new ArcBlock(tail, head, Shape.DIAGONAL, Matrix.of(1, capacity.length, capacity));
  }

  /** A dense block in which every arc has the same capacity. */
  public static ArcBlock uniform(int tail, int head, int tails, int heads, double capacity) {
    double[] values = new double[tails * heads];
    Arrays.fill(values, capacity);
    return dense(tail, head, Matrix.of(tails, heads, values));
  }

  /** The node of the tail group that the arc at a row and column of the capacities leaves. */
  public int tailNode(int row, int column) {
    return shape == Shape.DENSE ? row : column;
  }
}
