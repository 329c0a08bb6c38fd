package org.attentionflow.dual;

/**
 * For each node and block the number and total capacity of its arcs of that block: all that is
 * needed to balance a node as if the arcs of a block were equal there and led to nodes of one
 * potential.
 */
final class NodeTotals {
  private static final int LIMIT = 50;

  /** Newton decrement at which a node counts as balanced. */
  private static final double BALANCED = 0.1;

  /** From a smaller decrement a full Newton step converges. */
  private static final double FULL_STEP = 0.25;

  /** Inflow − outflow of a node, and the sum of the conductances of its arcs. */
  private record Sum(double imbalance, double conductance) {}

  private final ArcRows arcs;

  /** [block][node]: of the arcs that leave it. */
  private final double[][] leaving;

  private final double[][] leavingCount;

  /** [block][node]: of the arcs that enter it. */
  private final double[][] entering;

  private final double[][] enteringCount;

  /** Sums up the capacities, which takes a pass over all arcs; threads share the blocks. */
  NodeTotals(ArcRows arcs, WorkerThreads workers) {
    this.arcs = arcs;
    int blocks = arcs.blockCount();
    leaving = new double[blocks][];
    leavingCount = new double[blocks][];
    entering = new double[blocks][];
    enteringCount = new double[blocks][];
    double[][] capacity = new double[workers.count()][arcs.widest()];
    workers.run(blocks, (worker, block) -> sumUp(block, capacity[worker]));
  }

  private void sumUp(int block, double[] capacity) {
    if (arcs.isListed(block)) {
      sumUpListed(block, capacity);
      return;
    }
    int width = arcs.width(block);
    entering[block] = new double[width];
    enteringCount[block] = new double[width];
    boolean isDiagonal = arcs.isDiagonal(block);
    leaving[block] = isDiagonal ? entering[block] : new double[arcs.rowCount(block)];
    leavingCount[block] = isDiagonal ? enteringCount[block] : new double[arcs.rowCount(block)];
    for (int row = 0; row < arcs.rowCount(block); row++) {
      arcs.capacities(block, row, capacity);
      double count = add(capacity, entering[block], enteringCount[block]);
      if (!isDiagonal) {
        leaving[block][row] = Sums.sum(capacity, 0, width);
        leavingCount[block][row] = count;
      }
    }
  }

  private void sumUpListed(int block, double[] capacity) {
    entering[block] = new double[arcs.size(arcs.head(block))];
    leaving[block] = new double[arcs.size(arcs.tail(block))];
    enteringCount[block] = entering[block].clone();
    leavingCount[block] = leaving[block].clone();
    for (int row = 0; row < arcs.rowCount(block); row++) {
      arcs.capacities(block, row, capacity);
      for (int j = 0; j < arcs.width(block); j++) {
        int head = arcs.headNode(block, row, j);
        int tail = arcs.tailNode(block, row, j);
        entering[block][head] += capacity[j];
        leaving[block][tail] += capacity[j];
        enteringCount[block][head] += capacity[j] > 0 ? 1 : 0;
        leavingCount[block][tail] += capacity[j] > 0 ? 1 : 0;
      }
    }
  }

  /** Adds a row to the sums of its columns; returns the number of its arcs. */
  private static double add(double[] capacity, double[] total, double[] count) {
    for (int j = 0; j < total.length; j++) {
      total[j] += capacity[j];
    }
    int arcs = 0;
    for (int j = 0; j < total.length; j++) {
      if (capacity[j] > 0) {
        count[j]++;
        arcs++;
      }
    }
    return arcs;
  }

  /** The total capacity of a block. */
  double total(int block) {
    return Sums.sum(entering[block], 0, entering[block].length);
  }

  /** The number of arcs of a block. */
  double count(int block) {
    return Sums.sum(enteringCount[block], 0, enteringCount[block].length);
  }

  /**
   * The potential at which a node is balanced. With the imbalance g, which falls in the potential
   * y, the sum c of the conductances and λ = |g| / √(c μ), damped Newton steps
   *
   * <pre>
   *   y ← y + g / (c (1 + λ/w))
   * </pre>
   *
   * whose w doubles until g changes sign, and begins anew at 1 there: from far off, steps with w =
   * 1 are many and short. A step beyond a potential where g had the other sign gives way to the
   * middle.
   *
   * @param shared [group]: the potential of all nodes of each other group, as {@link ArcRows} keeps
   *     it
   */
  double balance(int group, int node, double[] shared, double mu) {
    double y = shared[group];
    double least = Double.NEGATIVE_INFINITY;
    double most = Double.POSITIVE_INFINITY;
    double boldness = 0.5;
    double last = 0;
    for (int i = 0; i < LIMIT; i++) {
      Sum sum = sum(group, node, y, shared, mu);
      if (sum.conductance == 0) {
        return y; // capacities whose squares underflow: nothing to divide by
      }
      boolean isBelow = sum.imbalance > 0;
      boldness = Math.signum(last) == -Math.signum(sum.imbalance) ? 1 : 2 * boldness;
      last = sum.imbalance;
      double decrement = Math.abs(sum.imbalance) / Math.sqrt(sum.conductance * mu);
      double damping = decrement > FULL_STEP ? 1 + decrement / boldness : 1;
      double next = y + sum.imbalance / (sum.conductance * damping);
      if (!(decrement > BALANCED)) {
        return next;
      }
      least = isBelow ? y : least;
      most = isBelow ? most : y;
      y = next >= least && next <= most ? next : (least + most) / 2;
    }
    return y;
  }

  /** The imbalance of a node at a potential, and the sum of its conductances there. */
  private Sum sum(int group, int node, double y, double[] shared, double mu) {
    double imbalance = 0;
    double conductance = 0;
    for (int block = 0; block < arcs.blockCount(); block++) {
      if (arcs.head(block) == group && enteringCount[block][node] > 0) {
        double count = enteringCount[block][node];
        double u = entering[block][node] / count;
        double cost = y + arcs.shift(block) - shared[arcs.tail(block)];
        imbalance += count * ArcBarrier.flow(u, cost, mu);
        conductance += count * ArcBarrier.conductance(u, cost, mu);
      } else if (arcs.tail(block) == group && leavingCount[block][node] > 0) {
        double count = leavingCount[block][node];
        double u = leaving[block][node] / count;
        double cost = shared[arcs.head(block)] + arcs.shift(block) - y;
        imbalance -= count * ArcBarrier.flow(u, cost, mu);
        conductance += count * ArcBarrier.conductance(u, cost, mu);
      }
    }
    return new Sum(imbalance, conductance);
  }
}
