package org.attentionflow.dual;

import java.util.Arrays;
import org.attentionflow.flow.ArcFlow;

/**
 * The dual of the barrier problem at given node potentials: an unconstrained concave function whose
 * gradient is the imbalance (inflow − outflow) of every node and whose negative Hessian is the
 * Laplacian of the conductances, with the super-sink grounded at potential 0.
 *
 * <p>Potentials are kept as {@link ArcRows} says. Not thread-safe: it owns buffers.
 */
public final class DualEvaluation {
  private final ArcRows arcs;
  private final double[][] imbalance;
  private final double[] capacity;
  private final double[] cost;
  private final double[] flow;
  private final double[] conductance;

  public DualEvaluation(ArcRows arcs) {
    this.arcs = arcs;
    imbalance = arcs.zeros();
    capacity = new double[arcs.widest()];
    cost = new double[arcs.widest()];
    flow = new double[arcs.widest()];
    conductance = new double[arcs.widest()];
  }

  /** Evaluates the gradient, and the Hessian into {@code laplacian}. */
  public void evaluate(double[][] potential, double mu, Conductances laplacian) {
    clear();
    laplacian.clear();
    for (int block = 0; block < arcs.blockCount(); block++) {
      for (int row = 0; row < arcs.rowCount(block); row++) {
        computeRow(block, row, potential, mu);
        arcs.addImbalance(block, row, flow, imbalance);
        arcs.addConductance(block, row, conductance, laplacian);
      }
    }
  }

  /**
   * Evaluates the gradient alone: the imbalance of every node, in the array of {@link #imbalance}.
   */
  public double[][] imbalanceAt(double[][] potential, double mu) {
    clear();
    for (int block = 0; block < arcs.blockCount(); block++) {
      for (int row = 0; row < arcs.rowCount(block); row++) {
        computeRow(block, row, potential, mu);
        arcs.addImbalance(block, row, flow, imbalance);
      }
    }
    return imbalance;
  }

  private void computeRow(int block, int row, double[][] potential, double mu) {
    arcs.capacities(block, row, capacity);
    arcs.costs(block, row, potential, cost);
    ArcBarrier.row(arcs.width(block), capacity, cost, mu, flow, conductance);
  }

  private void clear() {
    for (double[] group : imbalance) {
      Arrays.fill(group, 0);
    }
  }

  /** Inflow − outflow of every node at the last evaluation; the array itself. */
  public double[][] imbalance() {
    return imbalance;
  }

  /**
   * The imbalance of the flows c·r, conductance times reduced cost: μ times the derivative of the
   * imbalance in μ at fixed potentials. A new array.
   */
  public double[][] costImbalance(double[][] potential, double mu) {
    double[][] result = arcs.zeros();
    for (int block = 0; block < arcs.blockCount(); block++) {
      for (int row = 0; row < arcs.rowCount(block); row++) {
        computeRow(block, row, potential, mu);
        for (int j = 0; j < arcs.width(block); j++) {
          flow[j] = conductance[j] * cost[j];
        }
        arcs.addImbalance(block, row, flow, result);
      }
    }
    return result;
  }

  /** The largest |inflow − outflow| of a node, the super-sink included. */
  public double largestImbalance() {
    double largest = 0;
    for (double[] group : imbalance) {
      for (double value : group) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }

  /**
   * The arc flows at given potentials, in the unit of the capacities, computed row by row; block
   * {@code blockCount − 1} is the return arc.
   */
  public static ArcFlow arcFlow(ArcRows arcs, double scale, double[][] potential, double mu) {
    return (block, row, into) -> {
      int width = arcs.width(block);
      double[] capacity = new double[width];
      double[] cost = new double[width];
      arcs.capacities(block, row, capacity);
      arcs.costs(block, row, potential, cost);
      ArcBarrier.row(width, capacity, cost, mu, into, new double[width]);
      for (int j = 0; j < width; j++) {
        into[j] /= scale;
      }
    };
  }
}
