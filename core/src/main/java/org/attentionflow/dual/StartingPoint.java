package org.attentionflow.dual;

import java.util.Arrays;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;

/**
 * Node potentials to start from. First those of the averaged network, in which all arcs between two
 * depths are equal and all nodes at a depth share one potential. Then each node is moved to where
 * its own arcs would be balanced if those of a block were equal ({@link NodeTotals}).
 *
 * <p>Where groups form cycles there are no depths, and arcs can carry half of what they hold round
 * and round: there all nodes but the terminals begin at one potential, halfway, at which they do.
 *
 * <p>The depth of a group is the length of the longest path of groups to it from the super-source.
 * If M arcs of total capacity T cross from depth k to k + 1 and share a flow v evenly, each carries
 * v/M of T/M, so the potential rises by
 *
 * <pre>
 *   Δ_k(v) = μ M (1/v − 1/(T − v))
 * </pre>
 *
 * and the potentials around the circulation, the return arc with its cost −1 included, add up to
 * Σ_k Δ_k(v) + Δ_return(v) = −1. The left side falls in v, so bisection finds the one root.
 */
public final class StartingPoint {
  private static final int BISECTIONS = 60;

  private final FlowNetwork network;
  private final int[] depth;
  private final double[] total;
  private final double[] count;
  private final double returnCapacity;
  private final double mu;

  private StartingPoint(FlowNetwork network, ArcRows arcs, double scale, double mu) {
    this.network = network;
    this.mu = mu;
    depth = depths(network);
    total = new double[depth[network.sink()]];
    count = new double[total.length];
    returnCapacity = network.returnCapacity() * scale;
  }

  /** Computes the point on the calling thread; the arguments are those of the other method. */
  public static double[][] of(FlowNetwork network, ArcRows arcs, double scale, double mu) {
    return of(network, arcs, scale, mu, new WorkerThreads(1));
  }

  /**
   * Computes the point: a new array of potentials, as {@link ArcRows} keeps them.
   *
   * @param scale what capacities are multiplied by
   * @param mu the barrier parameter, in the scaled unit
   * @param workers the threads that share the blocks and the groups; they stay open
   */
  public static double[][] of(
      FlowNetwork network, ArcRows arcs, double scale, double mu, WorkerThreads workers) {
    return network.isAcyclic()
        ? new StartingPoint(network, arcs, scale, mu).byDepths(arcs, workers)
        : halfway(network, arcs);
  }

  private static double[][] halfway(FlowNetwork network, ArcRows arcs) {
    double[][] potential = arcs.zeros();
    for (int group = 0; group < potential.length; group++) {
      boolean isTerminal = group == network.sink() || group == network.source();
      double half = arcs.isUpper(group) ? -0.5 : 0.5;
      Arrays.fill(potential[group], isTerminal ? 0 : half);
    }
    return potential;
  }

  private double[][] byDepths(ArcRows arcs, WorkerThreads workers) {
    NodeTotals totals = new NodeTotals(arcs, workers);
    for (int block = 0; block < network.blocks().size(); block++) {
      for (int k = depth[arcs.tail(block)]; k < depth[arcs.head(block)]; k++) {
        total[k] += totals.total(block);
        count[k] += totals.count(block);
      }
    }
    double[] shared = potentials(arcs, root());
    double[][] potential = arcs.zeros();
    workers.run(
        potential.length, (worker, group) -> balance(group, shared, totals, potential[group]));
    return potential;
  }

  private void balance(int group, double[] shared, NodeTotals totals, double[] potential) {
    boolean isTerminal = group == network.sink() || group == network.source();
    for (int i = 0; i < potential.length; i++) {
      potential[i] = isTerminal ? shared[group] : totals.balance(group, i, shared, mu);
    }
  }

  private static int[] depths(FlowNetwork network) {
    int[] depth = new int[network.groups().size()];
    for (int group : network.groupOrder()) {
      for (ArcBlock block : network.blocks()) {
        if (block.tail() == group && block.capacity().size() > 0) {
          depth[block.head()] = Math.max(depth[block.head()], depth[group] + 1);
        }
      }
    }
    return depth;
  }

  private double root() {
    double least = 0;
    double most = returnCapacity;
    for (double capacity : total) {
      most = Math.min(most, capacity);
    }
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (least + most) / 2;
      if (circuit(middle) > -1) {
        least = middle;
      } else {
        most = middle;
      }
    }
    // Unlike the upper bound it is never a total, at which a rise would be infinite; nor is it 0,
    // since the first middle is below half of every total, where no rise is negative.
    return least;
  }

  /** By group: from the source downwards relative to 1, from the sink upwards relative to 0. */
  private double[] potentials(ArcRows arcs, double value) {
    double[] below = new double[total.length + 1];
    below[0] = rise(value, returnCapacity, 1);
    for (int k = 0; k < total.length; k++) {
      below[k + 1] = below[k] + rise(value, total[k], count[k]);
    }
    double[] above = new double[total.length + 1];
    for (int k = total.length - 1; k >= 0; k--) {
      above[k] = above[k + 1] - rise(value, total[k], count[k]);
    }
    double[] potentials = new double[depth.length];
    for (int group = 0; group < depth.length; group++) {
      potentials[group] = arcs.isUpper(group) ? below[depth[group]] : above[depth[group]];
    }
    potentials[network.sink()] = 0;
    return potentials;
  }

  private double circuit(double value) {
    double sum = rise(value, returnCapacity, 1);
    for (int k = 0; k < total.length; k++) {
      sum += rise(value, total[k], count[k]);
    }
    return sum;
  }

  private double rise(double value, double total, double count) {
    return mu * count * (1 / value - 1 / (total - value));
  }
}
