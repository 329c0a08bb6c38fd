package org.attentionflow.dual;

import java.util.Arrays;

/** What one thread computes of one row of arcs at a time. */
final class RowBuffers {
  final double[] capacity;
  final double[] cost;
  final double[] flow;
  final double[] conductance;

  private RowBuffers(int width) {
    capacity = new double[width];
    cost = new double[width];
    flow = new double[width];
    conductance = new double[width];
  }

  /** Buffers for rows of a width, one for each thread. */
  static RowBuffers[] of(int threads, int width) {
    RowBuffers[] buffers = new RowBuffers[threads];
    Arrays.setAll(buffers, worker -> new RowBuffers(width));
    return buffers;
  }

  /** Capacities, reduced costs, flows and conductances of a row. */
  void compute(ArcRows arcs, int block, int row, double[][] potential, double mu) {
    arcs.capacities(block, row, capacity);
    arcs.costs(block, row, potential, cost);
    ArcBarrier.row(arcs.width(block), capacity, cost, mu, flow, conductance);
  }
}
