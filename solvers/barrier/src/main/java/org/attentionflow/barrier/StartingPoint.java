package org.attentionflow.barrier;

import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;

/**
 * Node potentials to start from: the solution of the barrier problem on the averaged network, in
 * which all arcs between two depths are equal and all nodes at a depth share one potential.
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
final class StartingPoint {
  private static final int BISECTIONS = 60;

  private final FlowNetwork network;
  private final int[] depth;
  private final double[] total;
  private final double[] count;
  private final double returnCapacity;

  private StartingPoint(FlowNetwork network, double scale) {
    this.network = network;
    depth = new int[network.groups().size()];
    for (int group : network.topologicalOrder()) {
      for (ArcBlock block : network.blocks()) {
        if (block.tail() == group && size(block) > 0) {
          depth[block.head()] = Math.max(depth[block.head()], depth[group] + 1);
        }
      }
    }
    total = new double[depth[network.sink()]];
    count = new double[total.length];
    returnCapacity = network.returnCapacity() * scale;
    for (ArcBlock block : network.blocks()) {
      addBlock(block, scale);
    }
  }

  /**
   * The potentials.
   *
   * @param scale what capacities are multiplied by
   * @param mu the barrier parameter, in the scaled unit
   * @return per group the potential that its members share, as the distance from 1 in groups that
   *     are {@link DualEvaluation#isUpper upper} ones
   */
  static double[] of(FlowNetwork network, double scale, double mu, boolean[] isUpper) {
    return new StartingPoint(network, scale).potentials(mu, isUpper);
  }

  private double[] potentials(double mu, boolean[] isUpper) {
    double least = 0;
    double most = returnCapacity;
    for (double capacity : total) {
      most = Math.min(most, capacity);
    }
    for (int i = 0; i < BISECTIONS; i++) {
      double value = (least + most) / 2;
      if (circuit(value, mu) > -1) {
        least = value;
      } else {
        most = value;
      }
    }
    double value = (least + most) / 2;
    // From the source downwards relative to 1, from the sink upwards relative to 0.
    double[] below = new double[total.length + 1];
    below[0] = rise(value, returnCapacity, 1, mu);
    for (int k = 0; k < total.length; k++) {
      below[k + 1] = below[k] + rise(value, total[k], count[k], mu);
    }
    double[] above = new double[total.length + 1];
    for (int k = total.length - 1; k >= 0; k--) {
      above[k] = above[k + 1] - rise(value, total[k], count[k], mu);
    }
    double[] potential = new double[depth.length];
    for (int group = 0; group < depth.length; group++) {
      potential[group] = isUpper[group] ? below[depth[group]] : above[depth[group]];
    }
    return potential;
  }

  private double circuit(double value, double mu) {
    double sum = rise(value, returnCapacity, 1, mu);
    for (int k = 0; k < total.length; k++) {
      sum += rise(value, total[k], count[k], mu);
    }
    return sum;
  }

  private static double rise(double value, double total, double count, double mu) {
    return mu * count * (1 / value - 1 / (total - value));
  }

  private void addBlock(ArcBlock block, double scale) {
    double sum = 0;
    long arcs = 0;
    for (double capacity : block.capacity().values()) {
      sum += capacity;
      arcs += capacity > 0 ? 1 : 0;
    }
    for (int k = depth[block.tail()]; k < depth[block.head()]; k++) {
      total[k] += sum * scale;
      count[k] += arcs;
    }
  }

  private static int size(ArcBlock block) {
    return block.capacity().values().length;
  }
}
