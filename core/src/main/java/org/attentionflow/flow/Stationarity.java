package org.attentionflow.flow;

import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;

/**
 * How far a flow is from the solution of the barrier problem, given node potentials y. At the
 * solution, and only there, a conserved flow within its bounds satisfies on every arc
 *
 * <pre>
 *   r = μ/f − μ/(u − f),     r = y_head − y_tail,     for the return arc −1 + y_source − y_sink
 * </pre>
 *
 * An error ρ in r is an error of ρ / (μ/f² + μ/(u − f)²) in f, which is at most |ρ| m / μ relative
 * to m = min(f, u − f): that is what is measured. Rounding of potentials near 1 contributes 1e-16
 * f/μ.
 */
final class Stationarity {
  private final FlowNetwork network;
  private final double[][] potential;
  private final double mu;

  /** Whether the flow claims to be that solution; if not, nothing is measured. */
  private final boolean isClaimed;

  Stationarity(FlowNetwork network, FlowSolution solution, double mu, boolean isClaimed) {
    this.network = network;
    this.potential = solution.potentials();
    this.mu = mu;
    this.isClaimed = isClaimed;
  }

  /** The largest |ρ| min(f, u − f) / μ of an arc in a row; 0 if the solution is not claimed. */
  double largest(ArcBlock block, int row, double[] flow, double[] capacity) {
    if (!isClaimed) {
      return 0;
    }
    double[] heads = potential[block.head()];
    double[] tails = potential[block.tail()];
    double largest = 0;
    for (int j = 0; j < capacity.length; j++) {
      if (capacity[j] > 0) {
        double r = heads[block.headNode(row, j)] - tails[block.tailNode(row, j)];
        largest = Math.max(largest, of(r, flow[j], capacity[j]));
      }
    }
    return largest;
  }

  /** The same of the return arc. */
  double ofReturn(double flow) {
    double r = potential[network.source()][0] - 1 - potential[network.sink()][0];
    return isClaimed ? of(r, flow, network.returnCapacity()) : 0;
  }

  private double of(double r, double f, double u) {
    double slack = u - f;
    return Math.abs(r - mu / f + mu / slack) * Math.min(f, slack) / mu;
  }
}
