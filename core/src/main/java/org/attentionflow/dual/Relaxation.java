package org.attentionflow.dual;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;

/**
 * Nonlinear Gauss–Seidel on the dual: balances the nodes of one group after another, with the
 * potentials of all groups that arcs join to it held.
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
 * with w = 1 never overshoot by much; w = 2 is tried where the imbalance has the sign it had at
 * first. All nodes of a group step at once, and an iteration is one sweep over the arcs at the
 * group.
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
  static final double BALANCED = 1;

  /** From a smaller decrement a full Newton step converges. */
  private static final double FULL_STEP = 0.25;

  private static final double BOLD = 2;

  private final DualEvaluation dual;
  private final WorkerThreads workers;

  /** The groups but the super-sink, from the super-source on. */
  private final int[] order;

  /** The place in the order between its two halves; 0 if there is none. */
  private final int middle;

  /** [group]: the chunks of the arcs that enter or leave it. */
  private final int[][] chunksAt;

  Relaxation(FlowNetwork network, DualEvaluation dual) {
    this.dual = dual;
    workers = dual.workers();
    order = order(network);
    middle = middle(network, order);
    chunksAt = new int[network.groups().size()][];
    Arrays.setAll(chunksAt, dual::chunksAt);
  }

  /** The groups but the super-sink, from the super-source on. */
  static int[] order(FlowNetwork network) {
    return network.groupOrder().stream()
        .filter(group -> group != network.sink())
        .mapToInt(group -> group)
        .toArray();
  }

  /** The place nearest to half of all arcs whose group lies between those before and behind it. */
  static int middle(FlowNetwork network, int[] order) {
    int[] place = new int[network.groups().size()];
    Arrays.fill(place, -1);
    for (int k = 0; k < order.length; k++) {
      place[order[k]] = k;
    }
    double[] arcs = new double[order.length];
    boolean[] isPassed = new boolean[order.length];
    for (ArcBlock block : network.blocks()) {
      int tail = place[block.tail()];
      int head = place[block.head()];
      if (tail >= 0 && head >= 0) {
        Arrays.fill(isPassed, Math.min(tail, head) + 1, Math.max(tail, head), true);
        arcs[Math.max(tail, head)] +=
            (double) block.capacity().rowCount() * block.capacity().columnCount();
      }
    }
    double all = Arrays.stream(arcs).sum();
    double before = 0;
    double nearest = all;
    int middle = 0;
    for (int k = 0; k + 1 < order.length; k++) {
      before += arcs[k];
      if (k > 0 && !isPassed[k] && Math.abs(2 * before - all) < nearest) {
        nearest = Math.abs(2 * before - all);
        middle = k;
      }
    }
    return middle;
  }

  /**
   * Gives every group its turn, once. No arc joins the groups before the middle one with those
   * behind it, so both halves are swept at once: from the ends inwards, or from the middle
   * outwards.
   *
   * @param potential as {@link ArcRows} keeps them; changed
   * @param mu the barrier parameter
   * @param isInwards whether the ends come first; without a middle, those near the super-sink
   * @param limit the most iterations of a turn
   */
  void sweep(double[][] potential, double mu, boolean isInwards, int limit) {
    if (isInwards) {
      halves(potential, mu, true, limit);
      turn(order[middle], potential, mu, limit);
    } else {
      turn(order[middle], potential, mu, limit);
      halves(potential, mu, false, limit);
    }
  }

  private void halves(double[][] potential, double mu, boolean isInwards, int limit) {
    boolean isShared = middle == 0 || !workers.takeHalves();
    int[] ends = {0, order.length - 1};
    if (isShared) {
      for (int end : ends) {
        half(end, isInwards, group -> turn(group, potential, mu, limit));
      }
    } else {
      workers.run(
          ends.length,
          (worker, half) ->
              half(
                  ends[half],
                  isInwards,
                  group -> turn(group, potential, mu, limit, dual.evaluation(worker))));
    }
  }

  /** Visits the groups between an end of the order and its middle. */
  private void half(int end, boolean isInwards, IntConsumer visit) {
    int count = Math.abs(end - middle);
    int outwards = Integer.signum(end - middle);
    for (int k = 1; k <= count; k++) {
      visit.accept(order[middle + outwards * (isInwards ? count + 1 - k : k)]);
    }
  }

  /** Balances the nodes of one group; the other arguments as for {@link #sweep}. */
  void turn(int group, double[][] potential, double mu, int limit) {
    turn(group, potential, mu, limit, dual::evaluateAt);
  }

  private void turn(
      int group, double[][] potential, double mu, int limit, DualEvaluation.GroupEvaluation at) {
    double[] y = potential[group];
    double[] imbalance = new double[y.length];
    double[] diagonal = new double[y.length];
    double[] before = new double[y.length];
    double largest = Double.POSITIVE_INFINITY;
    for (int iteration = 0; iteration < limit && largest > BALANCED; iteration++) {
      at.evaluate(group, chunksAt[group], potential, mu, imbalance, diagonal);
      largest = 0;
      for (int i = 0; i < y.length; i++) {
        if (diagonal[i] == 0) {
          continue; // capacities whose squares underflow: nothing to divide by
        }
        double decrement = Math.abs(imbalance[i]) / Math.sqrt(diagonal[i] * mu);
        double boldness = before[i] * imbalance[i] < 0 ? 1 : BOLD;
        double damping = decrement > FULL_STEP ? 1 + decrement / boldness : 1;
        y[i] += imbalance[i] / (diagonal[i] * damping);
        before[i] = boldness == 1 ? before[i] : imbalance[i];
        largest = Math.max(largest, decrement);
      }
    }
  }
}
