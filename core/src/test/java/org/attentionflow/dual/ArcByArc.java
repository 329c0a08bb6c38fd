package org.attentionflow.dual;

/**
 * What tests compare with: sums over arcs one by one, each computed alone by {@link
 * ArcBarrier#flow} and {@link ArcBarrier#conductance}. Capacities, blocks and costs are read as
 * {@link ArcRows} gives them.
 */
final class ArcByArc {
  /** Σ r f − μ log f − μ log(u − f): the dual function. */
  private double value;

  /** The sum of the absolute terms of {@link #value}. */
  private double size;

  private final double[][] imbalance;
  private final double[][] throughput;
  private final double[][] diagonal;
  private final double[][] costImbalance;
  private final double[][] costThroughput;

  ArcByArc(ArcRows arcs, double[][] potential, double mu) {
    imbalance = arcs.zeros();
    throughput = arcs.zeros();
    diagonal = arcs.zeros();
    costImbalance = arcs.zeros();
    costThroughput = arcs.zeros();
    for (int block = 0; block < arcs.blockCount(); block++) {
      double[] capacity = new double[arcs.width(block)];
      for (int row = 0; row < arcs.rowCount(block); row++) {
        arcs.capacities(block, row, capacity);
        for (int column = 0; column < capacity.length; column++) {
          int tail = arcs.isDiagonal(block) ? column : row;
          if (capacity[column] > 0) {
            add(arcs, block, tail, column, capacity[column], potential, mu);
          }
        }
      }
    }
  }

  private void add(
      ArcRows arcs, int block, int i, int j, double u, double[][] potential, double mu) {
    int tail = arcs.tail(block);
    int head = arcs.head(block);
    double r = potential[head][j] - (potential[tail][i] - arcs.shift(block));
    double f = ArcBarrier.flow(u, r, mu);
    double c = ArcBarrier.conductance(u, r, mu);
    double rest = ArcBarrier.flow(u, -r, mu); // u − f without cancellation
    value += r * f - mu * Math.log(f) - mu * Math.log(rest);
    size += Math.abs(r * f) + mu * Math.abs(Math.log(f)) + mu * Math.abs(Math.log(rest));
    imbalance[head][j] += f;
    imbalance[tail][i] -= f;
    throughput[head][j] += f;
    throughput[tail][i] += f;
    diagonal[head][j] += c;
    diagonal[tail][i] += c;
    costImbalance[head][j] += c * r;
    costImbalance[tail][i] -= c * r;
    costThroughput[head][j] += Math.abs(c * r);
    costThroughput[tail][i] += Math.abs(c * r);
  }

  double value() {
    return value;
  }

  /** What errors of {@link #value} are relative to. */
  double size() {
    return size;
  }

  double[][] imbalance() {
    return imbalance;
  }

  /** Inflow + outflow: what errors of {@link #imbalance} are relative to. */
  double[][] throughput() {
    return throughput;
  }

  /** The sum of the conductances at each node. */
  double[][] diagonal() {
    return diagonal;
  }

  double[][] costImbalance() {
    return costImbalance;
  }

  double[][] costThroughput() {
    return costThroughput;
  }

  /** |g| / √(c μ) of a node. */
  double decrement(int group, int node, double mu) {
    return Math.abs(imbalance[group][node]) / Math.sqrt(diagonal[group][node] * mu);
  }
}
