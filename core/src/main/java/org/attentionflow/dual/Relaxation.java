package org.attentionflow.dual;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.attentionflow.network.FlowNetwork;

/**
 * Nonlinear Gauss–Seidel on the dual: balances the nodes of one group after another, with the
 * potentials of all other groups held.
 *
 * <p>No arc joins two nodes of a group, so within a group every node has an equation of its own,
 * inflow(y) = outflow(y), whose left side falls and whose right side rises in its potential y. With
 * the imbalance g and the sum c of the conductances at the node, damped Newton steps
 *
 * <pre>
 *   λ = |g| / √(c μ)      y ← y + g / (c (1 + λ/w))
 * </pre>
 *
 * solve it from anywhere: the dual function is μ times a self-concordant one, for which the steps
 * with w = 1 never overshoot by much; w = 2 is tried until the imbalance has changed sign. All nodes
 * of a group step at once, and an iteration is one sweep over the arcs at the group.
 *
 * <p>What Newton's method on all potentials at once cannot do is what this does best: a node whose
 * arcs carry capacities of many orders of magnitude finds its place whatever the others need, while
 * in a joint step the worst node bounds the length for all. What this cannot do, to move many nodes
 * together, is what Newton's method does best. {@link DualNewton} takes turns.
 *
 * <p>The results have the same bits for any number of threads. Not thread-safe.
 *
 * <p>Sources: Bertsekas, Hosein and Tseng, Relaxation methods for network flow problems with convex
 * arc costs, SIAM J. Control Optim. 25 (1987); Nesterov and Nemirovskii, Interior-Point Polynomial
 * Algorithms, 1994 (the step).
 */
final class Relaxation {
  /** Newton decrement of every node of a group at which the next group has its turn. */
  private static final double BALANCED = 0.5;

  /** From a smaller decrement a full Newton step converges. */
  private static final double FULL_STEP = 0.25;

  private static final double BOLD = 2;

  private final ArcRows arcs;
  private final WorkerThreads workers;
  private final RowChunks chunks;

  /** The groups but the super-sink, from the super-source on. */
  private final int[] order;

  /** [group]: the chunks of the arcs that enter or leave it. */
  private final int[][] chunksAt;

  /** [chunk]: sums of flows and of conductances at the nodes of the group in turn. */
  private final double[][] flows;

  private final double[][] conductances;
  private final RowBuffers[] buffers;

  Relaxation(FlowNetwork network, ArcRows arcs, WorkerThreads workers) {
    this.arcs = arcs;
    this.workers = workers;
    chunks = RowChunks.of(arcs);
    order = network.topologicalOrder().stream().mapToInt(g -> g).toArray();
    chunksAt = new int[order.length][];
    for (int group : order) {
      chunksAt[group] = IntStream.range(0, chunks.count()).filter(c -> isAt(c, group)).toArray();
    }
    flows = new double[chunks.count()][];
    conductances = new double[chunks.count()][];
    for (int chunk = 0; chunk < flows.length; chunk++) {
      int nodes = Math.max(arcs.width(chunks.block(chunk)), chunks.to(chunk) - chunks.from(chunk));
      flows[chunk] = new double[nodes];
      conductances[chunk] = new double[nodes];
    }
    buffers = RowBuffers.of(workers.count(), arcs.widest());
  }

  private boolean isAt(int chunk, int group) {
    int block = chunks.block(chunk);
    return arcs.head(block) == group || arcs.tail(block) == group;
  }

  /**
   * Gives every group its turn, once.
   *
   * @param potential as {@link ArcRows} keeps them; changed
   * @param mu the barrier parameter
   * @param isUpwards whether the groups near the super-sink come first
   * @param limit the most iterations of a turn
   */
  void sweep(double[][] potential, double mu, boolean isUpwards, int limit) {
    for (int k = 0; k < order.length; k++) {
      int group = order[isUpwards ? order.length - 1 - k : k];
      if (group != arcs.sink()) {
        turn(group, potential, mu, limit);
      }
    }
  }

  private void turn(int group, double[][] potential, double mu, int limit) {
    double[] y = potential[group];
    double[] imbalance = new double[y.length];
    double[] diagonal = new double[y.length];
    double[] before = new double[y.length];
    double largest = Double.POSITIVE_INFINITY;
    for (int iteration = 0; iteration < limit && largest > BALANCED; iteration++) {
      evaluate(group, potential, mu, imbalance, diagonal);
      largest = 0;
      for (int i = 0; i < y.length; i++) {
        double decrement = Math.abs(imbalance[i]) / Math.sqrt(diagonal[i] * mu);
        double boldness = before[i] * imbalance[i] < 0 ? 1 : BOLD;
        double damping = decrement > FULL_STEP ? 1 + decrement / boldness : 1;
        y[i] += imbalance[i] / (diagonal[i] * damping);
        before[i] = boldness == 1 ? before[i] : imbalance[i];
        largest = Math.max(largest, decrement);
      }
    }
  }

  /** The imbalance of every node of a group, and the sum of its conductances. */
  private void evaluate(
      int group, double[][] potential, double mu, double[] imbalance, double[] diagonal) {
    int[] here = chunksAt[group];
    workers.run(
        here.length, (worker, part) -> sums(group, here[part], buffers[worker], potential, mu));
    Arrays.fill(imbalance, 0);
    Arrays.fill(diagonal, 0);
    for (int chunk : here) {
      int block = chunks.block(chunk);
      boolean isEntering = arcs.head(block) == group;
      boolean isWhole = isEntering || arcs.isDiagonal(block);
      int first = isWhole ? 0 : chunks.from(chunk);
      int count = isWhole ? imbalance.length : chunks.to(chunk) - first;
      double sign = isEntering ? 1 : -1;
      for (int i = 0; i < count; i++) {
        imbalance[first + i] += sign * flows[chunk][i];
        diagonal[first + i] += conductances[chunk][i];
      }
    }
  }

  private void sums(int group, int chunk, RowBuffers of, double[][] potential, double mu) {
    int block = chunks.block(chunk);
    int width = arcs.width(block);
    boolean isByColumn = arcs.head(block) == group || arcs.isDiagonal(block);
    double[] flow = flows[chunk];
    double[] conductance = conductances[chunk];
    Arrays.fill(flow, 0);
    Arrays.fill(conductance, 0);
    int from = chunks.from(chunk);
    for (int row = from; row < chunks.to(chunk); row++) {
      of.compute(arcs, block, row, potential, mu);
      if (isByColumn) {
        for (int j = 0; j < width; j++) {
          flow[j] += of.flow[j];
        }
        for (int j = 0; j < width; j++) {
          conductance[j] += of.conductance[j];
        }
      } else {
        flow[row - from] = Sums.sum(of.flow, 0, width);
        conductance[row - from] = Sums.sum(of.conductance, 0, width);
      }
    }
  }
}
