package org.attentionflow.dual;

import java.util.Arrays;

/**
 * A few rows of one block of arcs at a time, with the buffers of one thread: from capacities and
 * potentials to flows, conductances and their sums at the nodes, in plain Java.
 *
 * <p>Rows are kept one after the other, each filled up to whole vectors of {@link #LANES} arcs by
 * arcs of no capacity, whose flow and conductance are 0: loops leave no rest, and short rows make
 * one long loop. Sums of rows have {@link Sums}' eight chains. A subclass may compute in another
 * way, operation by operation the same: it has to give the same bits ({@link ArcKernel}).
 */
public class ArcLoops {
  /** The arcs of a whole vector; rows shorter than that are left as they are. */
  public static final int LANES = 8;

  /** Arcs of a strip, unless one row has more: its buffers stay in the nearest cache. */
  private static final int STRIP = 1024;

  /**
   * Rows of a strip, at least, whose conductances are handed on: where the receiver keeps columns,
   * those of a strip lie in one cache line. Longer strips than of {@link #STRIP} arcs stay in the
   * second cache.
   */
  private static final int KEPT_ROWS = 8;

  /** Capacities u, [row · stride + column]. */
  protected final double[] capacity;

  /** Potentials of the heads of the columns. */
  protected final double[] heads;

  /**
   * What the reduced costs are below {@link #heads}: by row, or by column where each arc has its
   * own tail.
   */
  protected final double[] tails;

  /** Conductances, [row · stride + column]. */
  protected final double[] conductance;

  /** Sum of the flows of each row. */
  protected final double[] rowFlow;

  /** Sum of the conductances of each row. */
  protected final double[] rowConductance;

  private final double[] cost;
  private final double[] flow;

  private int rows;
  private int width;
  private int stride;
  private boolean isPaired;

  /**
   * Makes buffers.
   *
   * @param widest the most arcs of a row
   */
  public ArcLoops(int widest) {
    int longest = Math.max(STRIP, padded(widest));
    int length = Math.max(STRIP, KEPT_ROWS * padded(widest));
    capacity = new double[length];
    cost = new double[length];
    flow = new double[length];
    conductance = new double[length];
    heads = new double[longest];
    tails = new double[longest];
    rowFlow = new double[longest];
    rowConductance = new double[longest];
  }

  /** The length of a row, filled up. */
  public static int padded(int width) {
    return width < LANES ? width : (width + LANES - 1) / LANES * LANES;
  }

  /**
   * The most rows of a width that are taken at a time; rows to an empty group have none.
   *
   * @param isKept whether conductances are handed on, and not their sums alone
   */
  final int mostRows(int width, boolean isKept) {
    return Math.max(isKept ? KEPT_ROWS : 1, STRIP / Math.max(1, padded(width)));
  }

  /** Takes rows of a block, with potentials as {@link ArcRows} keeps them. */
  final void load(ArcRows arcs, int block, int firstRow, int rowCount, double[][] potential) {
    rows = rowCount;
    width = arcs.width(block);
    stride = padded(width);
    isPaired = arcs.isDiagonal(block) || arcs.isListed(block);
    arcs.capacities(block, firstRow, rows, stride, capacity);
    if (arcs.isListed(block)) {
      arcs.ends(block, firstRow, potential, heads, tails);
      Arrays.fill(heads, width, stride, 0);
      Arrays.fill(tails, width, stride, 0);
      return;
    }
    System.arraycopy(potential[arcs.head(block)], 0, heads, 0, width);
    Arrays.fill(heads, width, stride, 0);
    double[] from = potential[arcs.tail(block)];
    int count = isPaired ? width : rows;
    double shift = arcs.shift(block);
    for (int i = 0; i < count; i++) {
      tails[i] = from[firstRow + i] - shift;
    }
    Arrays.fill(tails, count, isPaired ? stride : count, 0);
  }

  /**
   * Flows and conductances at a barrier parameter, and their sums by row.
   *
   * @param columnFlow has the flows of each column added to it
   * @param columnConductance has the conductances of each column added to it
   */
  protected void compute(double mu, double[] columnFlow, double[] columnConductance) {
    computeArcs(mu);
    for (int row = 0; row < rows; row++) {
      int at = row * stride;
      rowFlow[row] = Sums.sum(flow, at, at + stride);
      rowConductance[row] = Sums.sum(conductance, at, at + stride);
      add(flow, at, columnFlow);
      add(conductance, at, columnConductance);
    }
  }

  /** Flows and conductances alone, without sums. */
  final void computeArcs(double mu) {
    costs();
    ArcBarrier.row(rows * stride, capacity, cost, mu, flow, conductance);
  }

  /** Replaces the flows by conductance times reduced cost; their sums by row and column. */
  final void computeCosts(double mu, double[] columnFlow) {
    computeArcCosts(mu);
    for (int row = 0; row < rows; row++) {
      int at = row * stride;
      rowFlow[row] = Sums.sum(flow, at, at + stride);
      add(flow, at, columnFlow);
    }
  }

  /** The same without sums. */
  final void computeArcCosts(double mu) {
    computeArcs(mu);
    for (int j = 0; j < rows * stride; j++) {
      flow[j] = conductance[j] * cost[j];
    }
  }

  private void costs() {
    for (int row = 0; row < rows; row++) {
      int at = row * stride;
      double tail = tails[row];
      if (isPaired) {
        for (int j = 0; j < stride; j++) {
          cost[j] = heads[j] - tails[j];
        }
      } else if (at == 0) { // the compiler vectorises a loop without an offset
        for (int j = 0; j < stride; j++) {
          cost[j] = heads[j] - tail;
        }
      } else {
        for (int j = 0; j < stride; j++) {
          cost[at + j] = heads[j] - tail;
        }
      }
    }
  }

  private void add(double[] from, int at, double[] into) {
    for (int j = 0; j < stride; j++) {
      into[j] += from[at + j];
    }
  }

  /** The rows taken. */
  public final int rows() {
    return rows;
  }

  /** The arcs of each row taken. */
  public final int width() {
    return width;
  }

  /** From one row to the next. */
  public final int stride() {
    return stride;
  }

  /** Whether every arc of the one row taken has its own tail. */
  protected final boolean isPaired() {
    return isPaired;
  }

  /** The flow, or what replaced it, of an arc of the one row taken of a listed block. */
  final double flow(int column) {
    return flow[column];
  }

  /** The conductance of an arc of that row. */
  final double conductance(int column) {
    return conductance[column];
  }

  /** The sum of the flows of a row. */
  final double rowFlow(int row) {
    return rowFlow[row];
  }

  /** The sum of the conductances of a row. */
  final double rowConductance(int row) {
    return rowConductance[row];
  }

  /** The conductances, [row · stride + column]; the array itself, until the next rows are taken. */
  public final double[] conductances() {
    return conductance;
  }

  /** Copies the conductances of a row to the beginning of an array. */
  final void copyConductances(int row, double[] into) {
    System.arraycopy(conductance, row * stride, into, 0, width);
  }
}
