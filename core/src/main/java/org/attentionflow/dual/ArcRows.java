package org.attentionflow.dual;

import java.util.Arrays;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;

/**
 * All arcs of a network, the return arc included, as rows of arcs: what every sweep of the solver
 * runs over. A row of a dense block has one tail and many heads; in the one row of a diagonal
 * block, and in the rows of a listed one, every arc has its own tail and head; the return arc is a
 * row of one.
 *
 * <p>Potentials of the super-source and of the groups it feeds (the upper groups) are kept as
 * distances from 1, those of all other groups as distances from 0. The reduced costs of the return
 * arc (−1 + y_source − 0) and of the terminal arcs, tiny differences of potentials near 1 or near
 * 0, are then known to full relative accuracy. They have to be: the capacities of these arcs do not
 * bind, so an error ε in the reduced cost changes the flow f by ε f² / μ, and f is up to the whole
 * flow value.
 *
 * <p>Rows are copied into buffers that start at index 0, which lets plain loops over them
 * vectorise.
 */
public final class ArcRows {
  private final FlowNetwork network;
  private final double scale;
  private final boolean[] isUpper;
  private final int widest;

  /**
   * Prepares for a network.
   *
   * @param scale what capacities are multiplied by
   */
  public ArcRows(FlowNetwork network, double scale) {
    this.network = network;
    this.scale = scale;
    isUpper = upper(network);
    int columns = 1;
    for (ArcBlock block : network.blocks()) {
      columns = Math.max(columns, block.capacity().columnCount());
    }
    widest = columns;
  }

  /** The number of blocks; the last one is the return arc. */
  public int blockCount() {
    return network.blocks().size() + 1;
  }

  /** The number of rows of a block. */
  public int rowCount(int block) {
    return isReturn(block) ? 1 : network.blocks().get(block).capacity().rowCount();
  }

  /** The number of arcs in each row of a block. */
  public int width(int block) {
    return isReturn(block) ? 1 : network.blocks().get(block).capacity().columnCount();
  }

  /** The largest {@link #width}. */
  public int widest() {
    return widest;
  }

  /** The group of the super-sink. */
  public int sink() {
    return network.sink();
  }

  /** Whether the potentials of a group are kept as distances from 1. */
  public boolean isUpper(int group) {
    return isUpper[group];
  }

  /** The number of nodes of a group. */
  int size(int group) {
    return network.groups().get(group).size();
  }

  /** A zero per node, [group][member]. */
  public double[][] zeros() {
    return network.groups().stream()
        .map(group -> new double[group.size()])
        .toArray(double[][]::new);
  }

  /** The capacities of a row, scaled. */
  public void capacities(int block, int row, double[] into) {
    capacities(block, row, into, 0);
  }

  /** The capacities of a row, scaled, from an index of the array on. */
  private void capacities(int block, int row, double[] into, int at) {
    if (isReturn(block)) {
      into[at] = network.returnCapacity() * scale;
      return;
    }
    int width = width(block);
    network.blocks().get(block).capacity().copy(row * width, width, into, at);
    for (int j = at; j < at + width; j++) {
      into[j] *= scale;
    }
  }

  /**
   * The capacities of some rows, scaled, each row filled up by zeros.
   *
   * @param stride the length of a row in the array
   */
  void capacities(int block, int first, int rows, int stride, double[] into) {
    int width = width(block);
    if (isReturn(block)) {
      into[0] = network.returnCapacity() * scale;
    } else if (stride == width) {
      network.blocks().get(block).capacity().copy(first * width, rows * width, into, 0);
      for (int j = 0; j < rows * width; j++) {
        into[j] *= scale;
      }
    } else {
      for (int row = 0; row < rows; row++) {
        capacities(block, first + row, into, row * stride);
        Arrays.fill(into, row * stride + width, (row + 1) * stride, 0);
      }
    }
  }

  /** The reduced costs c + y_head − y_tail of a row, from potentials as they are kept. */
  public void costs(int block, int row, double[][] potential, double[] into) {
    double shift = shift(block);
    double[] heads = potential[head(block)];
    double[] tails = potential[tail(block)];
    int width = width(block);
    if (isListed(block)) {
      ArcBlock arcs = network.blocks().get(block);
      for (int j = 0; j < width; j++) {
        into[j] = heads[arcs.headNode(row, j)] - (tails[arcs.tailNode(row, j)] - shift);
      }
      return;
    }
    boolean isDiagonal = isDiagonal(block);
    for (int j = 0; j < width; j++) {
      into[j] = heads[j] - (tails[isDiagonal ? j : row] - shift);
    }
  }

  /**
   * The potentials of the nodes of a row's arcs, where each arc has its own tail and head.
   *
   * @param heads receives those of the heads, from index 0
   * @param tails receives those of the tails, less {@link #shift}
   */
  void ends(int block, int row, double[][] potential, double[] heads, double[] tails) {
    double[] fromHeads = potential[head(block)];
    double[] fromTails = potential[tail(block)];
    double shift = shift(block);
    ArcBlock arcs = network.blocks().get(block);
    int width = width(block);
    for (int j = 0; j < width; j++) {
      heads[j] = fromHeads[arcs.headNode(row, j)];
      tails[j] = fromTails[arcs.tailNode(row, j)] - shift;
    }
  }

  /**
   * What makes the reduced cost of an arc of a block from the difference y_head − y_tail of
   * potentials as they are kept: −1, 0 or 1.
   */
  public double shift(int block) {
    if (isReturn(block)) {
      return 0;
    }
    ArcBlock arcs = network.blocks().get(block);
    return (isUpper[arcs.head()] ? 1 : 0) - (isUpper[arcs.tail()] ? 1 : 0);
  }

  /**
   * Adds the conductances of a strip of rows to a Laplacian.
   *
   * @param row a buffer that a row fits into
   */
  void addConductances(
      int block, int firstRow, ArcLoops strip, double[] row, Conductances laplacian) {
    if (isListed(block)) {
      laplacian.addListed(block, network.blocks().get(block), firstRow, strip.conductances());
    } else if (isDiagonal(block)) {
      double[] conductance = strip.conductances();
      for (int j = 0; j < strip.width(); j++) {
        laplacian.add(tail(block), j, head(block), j, conductance[j]);
      }
    } else {
      laplacian.addRows(tail(block), firstRow, head(block), strip, row);
    }
  }

  /** Potentials as they are, from potentials as they are kept. */
  public double[][] absolute(double[][] potential) {
    double[][] absolute = new double[potential.length][];
    for (int group = 0; group < potential.length; group++) {
      absolute[group] = potential[group].clone();
      for (int i = 0; isUpper[group] && i < absolute[group].length; i++) {
        absolute[group][i] += 1;
      }
    }
    return absolute;
  }

  private boolean isReturn(int block) {
    return block == network.blocks().size();
  }

  /** Whether arc j of a block's one row has its own tail j. */
  public boolean isDiagonal(int block) {
    return !isReturn(block) && network.blocks().get(block).shape() == ArcBlock.Shape.DIAGONAL;
  }

  /** Whether the arcs of a block are listed, each with its own tail and head. */
  public boolean isListed(int block) {
    return !isReturn(block) && network.blocks().get(block).shape() == ArcBlock.Shape.LISTED;
  }

  /** The node of its group that an arc leaves; the return arc is none. */
  int tailNode(int block, int row, int column) {
    return network.blocks().get(block).tailNode(row, column);
  }

  /** The node of its group that an arc enters; the return arc is none. */
  int headNode(int block, int row, int column) {
    return network.blocks().get(block).headNode(row, column);
  }

  /** The group that the arcs of a block enter. */
  public int head(int block) {
    return isReturn(block) ? network.source() : network.blocks().get(block).head();
  }

  /** The group that the arcs of a block leave. */
  public int tail(int block) {
    return isReturn(block) ? network.sink() : network.blocks().get(block).tail();
  }

  private static boolean[] upper(FlowNetwork network) {
    boolean[] upper = new boolean[network.groups().size()];
    upper[network.source()] = true;
    for (ArcBlock block : network.blocks()) {
      upper[block.head()] |= block.tail() == network.source();
    }
    for (ArcBlock block : network.blocks()) {
      upper[block.tail()] &= block.head() != network.sink();
    }
    upper[network.source()] = true;
    // It is grounded at 0, also where an arc leads to it straight from the source.
    upper[network.sink()] = false;
    return upper;
  }
}
