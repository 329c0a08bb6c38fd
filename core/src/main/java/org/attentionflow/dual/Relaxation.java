package org.attentionflow.dual;

import java.util.Arrays;
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
  private static final double BALANCED = 0.5;

  /** From a smaller decrement a full Newton step converges. */
  private static final double FULL_STEP = 0.25;

  private static final double BOLD = 2;

  private final DualEvaluation dual;
  private final int sink;

  /** The groups, from the super-source on. */
  private final int[] order;

  /** [group]: the chunks of the arcs that enter or leave it. */
  private final int[][] chunksAt;

  Relaxation(FlowNetwork network, DualEvaluation dual) {
    this.dual = dual;
    sink = network.sink();
    order = network.topologicalOrder().stream().mapToInt(group -> group).toArray();
    chunksAt = new int[order.length][];
    Arrays.setAll(chunksAt, dual::chunksAt);
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
      if (group != sink) {
        turn(group, potential, mu, limit);
      }
    }
  }

  /** Balances the nodes of one group; the other arguments as for {@link #sweep}. */
  void turn(int group, double[][] potential, double mu, int limit) {
    double[] y = potential[group];
    double[] imbalance = new double[y.length];
    double[] diagonal = new double[y.length];
    double[] before = new double[y.length];
    double largest = Double.POSITIVE_INFINITY;
    for (int iteration = 0; iteration < limit && largest > BALANCED; iteration++) {
      dual.evaluateAt(group, chunksAt[group], potential, mu, imbalance, diagonal);
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
