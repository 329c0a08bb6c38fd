package org.attentionflow.dual;

import java.util.Arrays;
import java.util.stream.IntStream;
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
  private final ArcSums sums;
  private final ArcLoops[] loops;
  private final double[][] row;
  private final double[][] imbalance;

  /** Evaluates on the calling thread, in plain Java. */
  public DualEvaluation(ArcRows arcs) {
    this(arcs, new WorkerThreads(1), new PlainArcKernel());
  }

  /** Evaluates on several threads. */
  public DualEvaluation(ArcRows arcs, WorkerThreads workers, ArcKernel kernel) {
    this.arcs = arcs;
    this.workers = workers;
    chunks = RowChunks.of(arcs);
    sums = new ArcSums(arcs, chunks);
    imbalance = arcs.zeros();
    loops = new ArcLoops[workers.count()];
    row = new double[workers.count()][arcs.widest()];
    Arrays.setAll(loops, worker -> kernel.loops(arcs.widest()));
  }

  /** The threads that share a sweep. */
  WorkerThreads workers() {
    return workers;
  }

  /** Evaluates the gradient, and the Hessian into {@code laplacian}. */
  public void evaluate(double[][] potential, double mu, Conductances laplacian) {
    laplacian.clear();
    for (int round = 0; round < chunks.rounds(); round++) {
      int first = chunks.roundStart(round);
      workers.run(
          chunks.roundStart(round + 1) - first,
          (worker, part) ->
              sums.compute(
                  first + part,
                  loops[worker],
                  potential,
                  mu,
                  (of, firstRow) ->
                      arcs.addConductances(
                          chunks.block(first + part), firstRow, of, row[worker], laplacian)));
    }
    sums.join(imbalance);
  }

  /**
   * Evaluates the gradient alone: the imbalance of every node, in the array of {@link #imbalance}.
   */
  public double[][] imbalanceAt(double[][] potential, double mu) {
    workers.run(
        chunks.count(),
        (worker, chunk) -> sums.compute(chunk, loops[worker], potential, mu, ArcSums.NOTHING));
    sums.join(imbalance);
    return imbalance;
  }

  /** Evaluates the nodes of one group. */
  @FunctionalInterface
  interface GroupEvaluation {
    /**
     * Evaluates the nodes of one group.
     *
     * @param chunksAt the chunks of the arcs that enter or leave it
     * @param imbalance receives the imbalance of every node of the group
     * @param diagonal receives the sum of the conductances at every node of the group
     */
    void evaluate(
        int group,
        int[] chunksAt,
        double[][] potential,
        double mu,
        double[] imbalance,
        double[] diagonal);
  }

  /** Evaluates the nodes of one group, on all threads; see {@link GroupEvaluation}. */
  void evaluateAt(
      int group,
      int[] chunksAt,
      double[][] potential,
      double mu,
      double[] imbalance,
      double[] diagonal) {
    workers.run(
        chunksAt.length,
        (worker, part) ->
            sums.compute(chunksAt[part], loops[worker], potential, mu, ArcSums.NOTHING));
    sums.join(group, chunksAt, imbalance, diagonal);
  }

  /**
   * The same on the calling thread alone. Several threads may evaluate groups that no arc joins.
   *
   * @param worker the number of the calling thread
   */
  GroupEvaluation evaluation(int worker) {
    return (group, chunksAt, potential, mu, imbalance, diagonal) -> {
      for (int chunk : chunksAt) {
        sums.compute(chunk, loops[worker], potential, mu, ArcSums.NOTHING);
      }
      sums.join(group, chunksAt, imbalance, diagonal);
    };
  }

  /** The chunks of the arcs that enter or leave a group. */
  int[] chunksAt(int group) {
    return IntStream.range(0, chunks.count())
        .filter(chunk -> isAt(chunks.block(chunk), group))
        .toArray();
  }

  private boolean isAt(int block, int group) {
    return arcs.head(block) == group || arcs.tail(block) == group;
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
    workers.run(
        chunks.count(), (worker, chunk) -> sums.computeCosts(chunk, loops[worker], potential, mu));
    double[][] result = arcs.zeros();
    sums.join(result);
    return result;
  }

  /**
   * The largest |inflow − outflow| of a node at the last evaluation, relative to its inflow +
   * outflow, or to those of the super-sink if they are less, as a certificate measures it.
   */
  public double largestRelativeImbalance() {
    double[][] throughput = arcs.zeros();
    sums.joinThroughput(throughput);
    double largest = 0;
    for (int group = 0; group < throughput.length; group++) {
      for (int i = 0; i < throughput[group].length; i++) {
        double through = Math.min(throughput[group][i], throughput[arcs.sink()][0]);
        if (through > 0) {
          largest = Math.max(largest, Math.abs(imbalance[group][i]) / through);
        }
      }
    }
    return largest;
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
