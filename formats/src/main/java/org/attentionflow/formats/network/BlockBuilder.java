package org.attentionflow.formats.network;

import org.attentionflow.failure.InsufficientMemoryException;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.tensor.Matrix;

/**
 * The capacities of a dense or diagonal block while arcs are put into it; parallel arcs add up.
 *
 * @param tail the group the arcs leave
 * @param head the group they enter
 * @param shape the shape of the block
 * @param rowCount the number of nodes of the tail group, or 1 in a diagonal block
 * @param columnCount the number of nodes of the head group
 * @param values the capacities, row after row
 */
record BlockBuilder(
    int tail, int head, ArcBlock.Shape shape, int rowCount, int columnCount, double[] values)
    implements ArcCollector {
  private static final double BYTES_PER_GB = 1e9;

  /** An empty dense block. */
  static BlockBuilder dense(int tail, int head, int tails, int heads) {
    return new BlockBuilder(
        tail, head, ArcBlock.Shape.DENSE, tails, heads, new double[tails * heads]);
  }

  /** An empty diagonal block. */
  static BlockBuilder diagonal(int tail, int head, int size) {
    return new BlockBuilder(tail, head, ArcBlock.Shape.DIAGONAL, 1, size, new double[size]);
  }

  @Override
  public void add(int tailMember, int headMember, double capacity) {
    int row = shape == ArcBlock.Shape.DENSE ? tailMember : 0;
    values[row * columnCount + headMember] += capacity;
  }

  @Override
  public ArcBlock block() {
    Matrix capacity = Matrix.of(rowCount, columnCount, values);
    return shape == ArcBlock.Shape.DENSE
        ? ArcBlock.dense(tail, head, capacity)
        : ArcBlock.diagonal(tail, head, capacity);
  }

  /**
   * Refuses blocks that do not fit in memory.
   *
   * @param cells the capacities of all blocks together
   * @param largest those of the largest block
   * @throws InsufficientMemoryException if they do not
   */
  static void checkMemory(String file, double cells, double largest, long arcs) {
    double need = Double.BYTES * cells;
    long limit = Runtime.getRuntime().maxMemory();
    if (need > limit || largest > Integer.MAX_VALUE - 8) {
      throw new InsufficientMemoryException(
          file
              + ": needs about "
              + String.format(java.util.Locale.ROOT, "%.1f", need / BYTES_PER_GB)
              + " GB: its "
              + arcs
              + " arcs are spread over dense blocks of "
              + String.format(java.util.Locale.ROOT, "%.3g", cells)
              + " capacities; the heap has "
              + String.format(java.util.Locale.ROOT, "%.1f", limit / BYTES_PER_GB)
              + " GB.");
    }
  }
}
