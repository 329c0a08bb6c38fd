package org.attentionflow.dual;

import java.util.Arrays;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;

/**
 * Node potentials to start from. First those of the averaged network, in which all arcs between two
 * depths are equal and all nodes at a depth share one potential. Then each node is moved to where
 * its own arcs would be balanced if those of a block were equal ({@link NodeTotals}).
 *
 * <p>The depth of a group, and of its nodes, is the length of the longest path of groups to it from
 * the super-source. Where groups form cycles there is none; there the depth of a node is the least
 * number of arcs from the super-source to it ({@link NodeLevels}), arcs that lead back or stay at a
 * depth do not count, and nodes are not moved.
 *
 * <p>If M arcs of total capacity T cross from depth k to k + 1 and share a flow v evenly, each
 * carries v/M of T/M, so the potential rises by
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
  private final boolean isAcyclic;

  /** [group][node]. */
  private final int[][] depth;

  private final int last;
  private final double[] total;
  private final double[] count;
  private final double returnCapacity;
  private final double mu;
  private final double[][] potential;

  /**
   * Computes the point.
   *
   * @param scale what capacities are multiplied by
   * @param mu the barrier parameter, in the scaled unit
   */
  public StartingPoint(FlowNetwork network, ArcRows arcs, double scale, double mu) {
    this.network = network;
    this.mu = mu;
    isAcyclic = network.isAcyclic();
    depth = isAcyclic ? depths(network) : NodeLevels.of(network);
    last = depth[network.sink()][0];
    total = new double[last];
    count = new double[last];
    returnCapacity = network.returnCapacity() * scale;
    NodeTotals totals = new NodeTotals(arcs);
    if (isAcyclic) {
      addBlocks(arcs, totals);
    } else {
      addArcs(arcs);
    }
    potential = potentials(arcs, root());
    if (isAcyclic) {
      balance(totals);
    }
  }

  /** Where all nodes of a group have one depth. */
  private void addBlocks(ArcRows arcs, NodeTotals totals) {
    for (int block = 0; block < network.blocks().size(); block++) {
      for (int k = depthOf(arcs.tail(block)); k < depthOf(arcs.head(block)); k++) {
        total[k] += totals.total(block);
        count[k] += totals.count(block);
      }
    }
  }

  /** The depth of the nodes of a group; 0 if it has none. */
  private int depthOf(int group) {
    return depth[group].length == 0 ? 0 : depth[group][0];
  }

  private void addArcs(ArcRows arcs) {
    double[] capacity = new double[arcs.widest()];
    for (int block = 0; block < network.blocks().size(); block++) {
      int[] tails = depth[arcs.tail(block)];
      int[] heads = depth[arcs.head(block)];
      for (int row = 0; row < arcs.rowCount(block); row++) {
        arcs.capacities(block, row, capacity);
        for (int j = 0; j < arcs.width(block); j++) {
          int k = tails[arcs.tailNode(block, row, j)];
          if (capacity[j] > 0 && heads[arcs.headNode(block, row, j)] > k) {
            total[k] += capacity[j];
            count[k]++;
          }
        }
      }
    }
  }

  private void balance(NodeTotals totals) {
    double[] shared = new double[potential.length];
    for (int group = 0; group < shared.length; group++) {
      shared[group] = potential[group].length == 0 ? 0 : potential[group][0];
    }
    for (int group = 0; group < shared.length; group++) {
      boolean isTerminal = group == network.sink() || group == network.source();
      for (int i = 0; i < potential[group].length && !isTerminal; i++) {
        potential[group][i] = totals.balance(group, i, shared, mu);
      }
    }
  }

  /** A new array of the potentials, as {@link ArcRows} keeps them. */
  public double[][] potential() {
    return Potentials.copy(potential);
  }

  private static int[][] depths(FlowNetwork network) {
    int[] depth = new int[network.groups().size()];
    for (int group : network.groupOrder()) {
      for (ArcBlock block : network.blocks()) {
        if (block.tail() == group && block.capacity().size() > 0) {
          depth[block.head()] = Math.max(depth[block.head()], depth[group] + 1);
        }
      }
    }
    int[][] depths = new int[depth.length][];
    for (int group = 0; group < depths.length; group++) {
      depths[group] = new int[network.groups().get(group).size()];
      Arrays.fill(depths[group], depth[group]);
    }
    return depths;
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

  /** From the source downwards relative to 1, from the sink upwards relative to 0. */
  private double[][] potentials(ArcRows arcs, double value) {
    double[] below = new double[last + 1];
    below[0] = rise(value, returnCapacity, 1);
    for (int k = 0; k < last; k++) {
      below[k + 1] = below[k] + rise(value, total[k], count[k]);
    }
    double[] above = new double[last + 1];
    for (int k = last - 1; k >= 0; k--) {
      above[k] = above[k + 1] - rise(value, total[k], count[k]);
    }
    double[][] potentials = arcs.zeros();
    for (int group = 0; group < depth.length; group++) {
      for (int i = 0; i < depth[group].length; i++) {
        int at = depth[group][i];
        potentials[group][i] = arcs.isUpper(group) ? below[at] : above[at];
      }
    }
    potentials[network.sink()][0] = 0;
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
