package org.attentionflow.dual;

import org.attentionflow.flow.ArcFlow;

/**
 * The dual of the barrier problem at given node potentials: an unconstrained concave function whose
 * gradient is the imbalance (inflow − outflow) of every node and whose negative Hessian is the
 * Laplacian of the conductances, with the super-sink grounded at potential 0.
 *
 * <p>Potentials are kept as {@link ArcRows} says. Every sweep is shared among threads; the results
 * have the same bits for any number of them. Not thread-safe: it owns buffers.
 */
public final class DualEvaluation {
  private final ArcRows arcs;
  private final WorkerThreads workers;
  private final RowChunks chunks;
  private final ImbalanceSums sums;
  private final double[][] imbalance;
  private final RowBuffers[] buffers;

  /** What is done with a row once it is computed. */
  @FunctionalInterface
  private interface Row {
    void take(RowBuffers of, int chunk, int block, int row);
  }

  /** Evaluates on the calling thread. */
  public DualEvaluation(ArcRows arcs) {
    this(arcs, new WorkerThreads(1));
  }

  /** Evaluates on several threads. */
  public DualEvaluation(ArcRows arcs, WorkerThreads workers) {
    this.arcs = arcs;
    this.workers = workers;
    chunks = RowChunks.of(arcs);
    sums = new ImbalanceSums(arcs, chunks);
    imbalance = arcs.zeros();
    buffers = RowBuffers.of(workers.count(), arcs.widest());
  }

  /** Evaluates the gradient, and the Hessian into {@code laplacian}. */
  public void evaluate(double[][] potential, double mu, Conductances laplacian) {
    laplacian.clear();
    Row take =
        (of, chunk, block, row) -> {
          sums.add(chunk, row, of.flow);
          arcs.addConductance(block, row, of.conductance, laplacian);
        };
    for (int round = 0; round < chunks.rounds(); round++) {
      sweep(chunks.roundStart(round), chunks.roundStart(round + 1), potential, mu, take);
    }
    sums.join(imbalance);
  }

  /**
   * Evaluates the gradient alone: the imbalance of every node, in the array of {@link #imbalance}.
   */
  public double[][] imbalanceAt(double[][] potential, double mu) {
    Row take = (of, chunk, block, row) -> sums.add(chunk, row, of.flow);
    sweep(0, chunks.count(), potential, mu, take);
    sums.join(imbalance);
    return imbalance;
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
    Row take =
        (of, chunk, block, row) -> {
          for (int j = 0; j < arcs.width(block); j++) {
            of.flow[j] = of.conductance[j] * of.cost[j];
          }
          sums.add(chunk, row, of.flow);
        };
    sweep(0, chunks.count(), potential, mu, take);
    double[][] result = arcs.zeros();
    sums.join(result);
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

  private void sweep(int first, int end, double[][] potential, double mu, Row take) {
    workers.run(
        end - first, (worker, part) -> rows(first + part, buffers[worker], potential, mu, take));
  }

  private void rows(int chunk, RowBuffers of, double[][] potential, double mu, Row take) {
    int block = chunks.block(chunk);
    sums.clear(chunk);
    for (int row = chunks.from(chunk); row < chunks.to(chunk); row++) {
      of.compute(arcs, block, row, potential, mu);
      take.take(of, chunk, block, row);
    }
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
