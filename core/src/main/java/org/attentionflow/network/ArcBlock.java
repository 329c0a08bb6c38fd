package org.attentionflow.network;

import java.util.Arrays;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.tensor.Matrix;
import org.attentionflow.tensor.Precision;

/**
 * The arcs from nodes of one group to nodes of another. In a dense block they are those from every
 * node to every node, as one matrix of capacities [tail][head]; in a diagonal block those from node
 * i to node i alone, as a single row of capacities; in a listed block, that of a sparse graph, each
 * place of the matrix is an arc of its own, row after row as {@link ArcEnds} lists them. A capacity
 * of zero means that there is no arc.
 *
 * @param tail the index of the group the arcs leave
 * @param head the index of the group the arcs enter
 * @param shape whether the block is dense, diagonal or listed
 * @param capacity dense: tail size × head size; diagonal: 1 × group size; listed: rows × row length
 *     of the list; finite and ≥ 0
 * @param ends the nodes of a listed block's arcs; of others an empty list
 */
public record ArcBlock(int tail, int head, Shape shape, Matrix capacity, ArcEnds ends) {
  /** Which arcs a block holds. */
  public enum Shape {
    /** Every node of the tail group to every node of the head group. */
    DENSE,
    /** Node i of the tail group to node i of the head group, which has the same size. */
    DIAGONAL,
    /** Those of a list; not at the super-source or super-sink. */
    LISTED
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
        int columns = capacity.columnCount();
        throw new UnusableInputException(
            "The capacity ("
                + value
                + ") of the arc from node "
                + (shape == Shape.LISTED ? ends.tail(i) : shape == Shape.DENSE ? i / columns : i)
                + " of group "
                + tail
                + " to node "
                + (shape == Shape.LISTED ? ends.head(i) : i % columns)
                + " of group "
                + head
                + " must be finite and not negative."
                + " Maybe the gradients were not clipped at zero.");
      }
    }
  }

  /** A dense block. */
  public static ArcBlock dense(int tail, int head, Matrix capacity) {
    return new ArcBlock(tail, head, Shape.DENSE, capacity, ArcEnds.NONE);
  }

  /** A diagonal block with one capacity per node. */
  public static ArcBlock diagonal(int tail, int head, double[] capacity) {
    return diagonal(tail, head, Matrix.of(1, capacity.length, capacity));
  }

  /** A diagonal block with one row of capacities. */
  public static ArcBlock diagonal(int tail, int head, Matrix capacity) {
    return new ArcBlock(tail, head, Shape.DIAGONAL, capacity, ArcEnds.NONE);
  }

  /** A listed block with one capacity per arc of a list. */
  public static ArcBlock listed(int tail, int head, ArcEnds ends, double[] capacity) {
    double[] filledUp = Arrays.copyOf(capacity, ends.rowCount() * ends.rowLength());
    Matrix places = Matrix.of(ends.rowCount(), ends.rowLength(), filledUp);
    return new ArcBlock(tail, head, Shape.LISTED, places, ends);
  }

  /** A dense block in which every arc has the same capacity. */
  public static ArcBlock uniform(int tail, int head, int tails, int heads, double capacity) {
    double[] values = new double[tails * heads];
    Arrays.fill(values, capacity);
    return dense(tail, head, Matrix.of(tails, heads, values));
  }

  /** The bytes that its capacities take in a precision, or in theirs if that is smaller. */
  public long capacityBytes(Precision precision) {
    return (long) Math.min(precision.bytes(), capacity.precision().bytes()) * capacity.size();
  }

  /** The same arcs with other capacities. */
  public ArcBlock with(Matrix other) {
    return new ArcBlock(tail, head, shape, other, ends);
  }

  /** The node of the tail group that the arc at a row and column of the capacities leaves. */
  public int tailNode(int row, int column) {
    if (shape == Shape.LISTED) {
      return ends.tail(row * capacity.columnCount() + column);
    }
    return shape == Shape.DENSE ? row : column; // no switch: loops over rows are split by it
  }

  /** The node of the head group that the arc at a row and column of the capacities enters. */
  public int headNode(int row, int column) {
    return shape == Shape.LISTED ? ends.head(row * capacity.columnCount() + column) : column;
  }

  /** The node of the tail group that an arc leaves; arcs are numbered as the capacities are. */
  public int tailNode(int arc) {
    return switch (shape) {
      case DENSE -> arc / capacity.columnCount();
      case DIAGONAL -> arc;
      case LISTED -> ends.tail(arc);
    };
  }

  /** The node of the head group that an arc enters. */
  public int headNode(int arc) {
    return switch (shape) {
      case DENSE -> arc % capacity.columnCount();
      case DIAGONAL -> arc;
      case LISTED -> ends.head(arc);
    };
  }

  /** The number of arcs that leave a node of the tail group, those of no capacity included. */
  public int leavingCount(int tailNode) {
    return switch (shape) {
      case DENSE -> capacity.columnCount();
      case DIAGONAL -> 1;
      case LISTED -> ends.firstLeaving(tailNode + 1) - ends.firstLeaving(tailNode);
    };
  }

  /** One of the arcs that leave a node, by rising heads. */
  public int leaving(int tailNode, int k) {
    return switch (shape) {
      case DENSE -> tailNode * capacity.columnCount() + k;
      case DIAGONAL -> tailNode;
      case LISTED -> ends.firstLeaving(tailNode) + k;
    };
  }

  /** The number of arcs that enter a node of the head group, those of no capacity included. */
  public int enteringCount(int headNode) {
    return switch (shape) {
      case DENSE -> capacity.rowCount();
      case DIAGONAL -> 1;
      case LISTED -> ends.firstEntering(headNode + 1) - ends.firstEntering(headNode);
    };
  }

  /** One of the arcs that enter a node, by rising tails. */
  public int entering(int headNode, int k) {
    return switch (shape) {
      case DENSE -> k * capacity.columnCount() + headNode;
      case DIAGONAL -> headNode;
      case LISTED -> ends.entering(ends.firstEntering(headNode) + k);
    };
  }
}
