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
  private Stationarity() {}

  /** The largest |ρ| min(f, u − f) / μ of an arc, the return arc included. */
  static double largest(FlowNetwork network, FlowSolution solution, double mu) {
    double[][] potential = solution.potentials();
    double largest = 0;
    for (int number = 0; number < network.blocks().size(); number++) {
      ArcBlock block = network.blocks().get(number);
      double[] capacity = block.capacity().values();
      int columns = block.capacity().columnCount();
      double[] row = new double[columns];
      for (int i = 0; i < block.capacity().rowCount(); i++) {
        solution.arcFlow().row(number, i, row);
        for (int j = 0; j < columns; j++) {
          double u = capacity[i * columns + j];
          if (u > 0) {
            double tail = potential[block.tail()][block.tailNode(i, j)];
            double r = potential[block.head()][j] - tail;
            largest = Math.max(largest, of(r, row[j], u, mu));
          }
        }
      }
    }
    double r = potential[network.source()][0] - 1 - potential[network.sink()][0];
    return Math.max(largest, of(r, solution.returnFlow(), network.returnCapacity(), mu));
  }

  private static double of(double r, double f, double u, double mu) {
    double slack = u - f;
    return Math.abs(r - mu / f + mu / slack) * Math.min(f, slack) / mu;
  }
}
