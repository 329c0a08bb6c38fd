package org.attentionflow.barrier;

import java.util.Arrays;
import org.attentionflow.flow.ArcFlow;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.jspecify.annotations.Nullable;

/**
 * The dual of the barrier problem at given node potentials: an unconstrained concave function whose
 * gradient is the imbalance (inflow − outflow) of every node and whose negative Hessian is the
 * Laplacian of the conductances, with the super-sink grounded at potential 0.
 *
 * <p>The potentials of the super-source and of the groups it feeds (the upper groups) are kept as
 * distances from 1, those of all other groups as distances from 0. The reduced costs of the return
 * arc and of the terminal arcs, which are tiny differences of potentials near 1 or near 0, are then
 * known to full relative accuracy. They have to be: their capacity never binds, so an error ε in
 * the reduced cost changes the flow f by ε f² / μ, and f is up to the whole flow value.
 *
 * <p>Not thread-safe: it owns buffers.
 */
final class DualEvaluation {
  private final FlowNetwork network;
  private final double scale;
  private final double returnCapacity;
  private final boolean[] isUpper;
  private final double[][] imbalance;
  private final double[] head;
  private final double[] flow;
  private final double[] conductance;
  private double returnConductance;

  /**
   * Prepares for a network.
   *
   * @param scale what capacities are multiplied by
   */
  DualEvaluation(FlowNetwork network, double scale) {
    this.network = network;
    this.scale = scale;
    this.returnCapacity = network.returnCapacity() * scale;
    this.isUpper = upper(network);
    this.imbalance = zeros(network);
    int widest = 1;
    for (ArcBlock block : network.blocks()) {
      widest = Math.max(widest, block.capacity().columnCount());
    }
    head = new double[widest];
    flow = new double[widest];
    conductance = new double[widest];
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
    return upper;
  }

  /** Whether the potentials of a group are kept as distances from 1. */
  boolean isUpper(int group) {
    return isUpper[group];
  }

  /** Potentials as they are, from potentials as they are kept. */
  double[][] absolute(double[][] potential) {
    double[][] absolute = new double[potential.length][];
    for (int group = 0; group < potential.length; group++) {
      absolute[group] = potential[group].clone();
      for (int i = 0; isUpper[group] && i < absolute[group].length; i++) {
        absolute[group][i] += 1;
      }
    }
    return absolute;
  }

  /** Per group whether it {@link #isUpper}. */
  boolean[] upperGroups() {
    return isUpper.clone();
  }

  /** A zero per node, [group][member]. */
  static double[][] zeros(FlowNetwork network) {
    return network.groups().stream()
        .map(group -> new double[group.size()])
        .toArray(double[][]::new);
  }

  /**
   * Evaluates gradient and Hessian.
   *
   * @param potential [group][member], as distances from 1 or 0; see the class comment
   * @param laplacian receives the Laplacian
   */
  void evaluate(double[][] potential, double mu, BlockCholesky laplacian) {
    laplacian.clear();
    returnConductance = ArcBarrier.conductance(returnCapacity, potential[network.source()][0], mu);
    laplacian.addDiagonal(network.source(), 0, returnConductance);
    sweep(potential, mu, laplacian);
  }

  /**
   * Evaluates the gradient alone: the imbalance of every node, in the array of {@link #imbalance}.
   */
  double[][] imbalanceAt(double[][] potential, double mu) {
    sweep(potential, mu, null);
    return imbalance;
  }

  private void sweep(double[][] potential, double mu, @Nullable BlockCholesky laplacian) {
    for (double[] group : imbalance) {
      Arrays.fill(group, 0);
    }
    double returnFlow = ArcBarrier.flow(returnCapacity, potential[network.source()][0], mu);
    imbalance[network.source()][0] += returnFlow;
    imbalance[network.sink()][0] -= returnFlow;
    for (ArcBlock block : network.blocks()) {
      if (block.shape() == ArcBlock.Shape.DENSE) {
        addDense(block, potential, mu, laplacian);
      } else {
        addDiagonal(block, potential, mu, laplacian);
      }
    }
  }

  /** Inflow − outflow of every node at the last evaluation; the array itself. */
  double[][] imbalance() {
    return imbalance;
  }

  /** The conductance of the return arc at the last evaluation. */
  double returnConductance() {
    return returnConductance;
  }

  /** The largest |inflow − outflow| of a node, the super-sink included. */
  double largestImbalance() {
    double largest = 0;
    for (double[] group : imbalance) {
      for (double value : group) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }

  private void addDense(
      ArcBlock block, double[][] potential, double mu, @Nullable BlockCholesky laplacian) {
    int rows = block.capacity().rowCount();
    int columns = block.capacity().columnCount();
    double[] capacity = block.capacity().values();
    double[] inflow = imbalance[block.head()];
    double[] outflow = imbalance[block.tail()];
    double[] columnSum = new double[columns];
    headPotentials(block, potential, head);
    for (int row = 0; row < rows; row++) {
      double tail = potential[block.tail()][row];
      ArcBarrier.row(capacity, row * columns, columns, scale, head, tail, mu, flow, conductance);
      add(flow, inflow, columns);
      outflow[row] -= Dot.sum(flow, columns);
      if (laplacian != null) {
        add(conductance, columnSum, columns);
        laplacian.addDiagonal(block.tail(), row, Dot.sum(conductance, columns));
        laplacian.subtractRow(block.tail(), row, block.head(), columns, conductance);
      }
    }
    for (int column = 0; column < columns && laplacian != null; column++) {
      laplacian.addDiagonal(block.head(), column, columnSum[column]);
    }
  }

  private void addDiagonal(
      ArcBlock block, double[][] potential, double mu, @Nullable BlockCholesky laplacian) {
    headPotentials(block, potential, head);
    for (int node = 0; node < block.capacity().columnCount(); node++) {
      double capacity = block.capacity().values()[node] * scale;
      double cost = head[node] - potential[block.tail()][node];
      double f = ArcBarrier.flow(capacity, cost, mu);
      imbalance[block.head()][node] += f;
      imbalance[block.tail()][node] -= f;
      if (laplacian != null) {
        double c = ArcBarrier.conductance(capacity, cost, mu);
        laplacian.addDiagonal(block.tail(), node, c);
        laplacian.addDiagonal(block.head(), node, c);
        laplacian.subtract(block.tail(), node, block.head(), node, c);
      }
    }
  }

  /** The potentials of a block's heads in the form in which its tails are kept. */
  private void headPotentials(ArcBlock block, double[][] potential, double[] into) {
    double[] heads = potential[block.head()];
    double shift = shift(block);
    for (int i = 0; i < heads.length; i++) {
      into[i] = heads[i] + shift;
    }
  }

  /** What the kept potential of a head lacks to be comparable with that of its tail. */
  private double shift(ArcBlock block) {
    return (isUpper[block.head()] ? 1 : 0) - (isUpper[block.tail()] ? 1 : 0);
  }

  private static void add(double[] from, double[] into, int count) {
    for (int i = 0; i < count; i++) {
      into[i] += from[i];
    }
  }

  /** The flow on the return arc, in the unit of the capacities. */
  double returnFlow(double[][] potential, double mu) {
    return ArcBarrier.flow(returnCapacity, potential[network.source()][0], mu) / scale;
  }

  /** The arc flows at given potentials, in the unit of the capacities, computed row by row. */
  ArcFlow arcFlow(double[][] potential, double mu) {
    return (number, row, into) -> {
      ArcBlock block = network.blocks().get(number);
      int columns = block.capacity().columnCount();
      double[] capacity = block.capacity().values();
      double shift = shift(block);
      for (int column = 0; column < columns; column++) {
        double tail = potential[block.tail()][block.tailNode(row, column)];
        double cost = potential[block.head()][column] + shift - tail;
        double u = capacity[row * columns + column];
        into[column] = Math.min(u, ArcBarrier.flow(u * scale, cost, mu) / scale);
      }
    };
  }
}
