package org.attentionflow.flow;

import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeIndex;
import org.attentionflow.tensor.Matrix;

/**
 * Inflow and outflow of every node, the distance of every arc to its bounds, and how far it is from
 * the solution, in one sweep: the flow on an arc may be computed anew whenever it is asked for.
 */
final class Balance {
  private final int sink;
  private final double[] inflow;
  private final double[] outflow;
  private double smallestSlack = 1;
  private double stationarity;

  private Balance(int nodeCount, int sink) {
    this.sink = sink;
    inflow = new double[nodeCount];
    outflow = new double[nodeCount];
  }

  /** Of one chunk. */
  private record Part(ChunkSums sums, double smallestSlack, double stationarity) {}

  static Balance of(
      FlowNetwork network, FlowSolution solution, Stationarity stationarity, ArcSweep sweep) {
    NodeIndex index = NodeIndex.of(network);
    Balance balance = new Balance(index.nodeCount(), index.first(network.sink()));
    for (Part part : sweep.map(chunk -> part(chunk, solution.arcFlow(), stationarity))) {
      part.sums.join(index, balance.inflow, balance.outflow);
      balance.smallestSlack = Math.min(balance.smallestSlack, part.smallestSlack);
      balance.stationarity = Math.max(balance.stationarity, part.stationarity);
    }
    balance.outflow[index.first(network.sink())] += solution.returnFlow();
    balance.inflow[index.first(network.source())] += solution.returnFlow();
    balance.stationarity =
        Math.max(balance.stationarity, stationarity.ofReturn(solution.returnFlow()));
    return balance;
  }

  private static Part part(ArcSweep.Chunk chunk, ArcFlow arcFlow, Stationarity stationarity) {
    Matrix capacities = chunk.arcs().capacity();
    ChunkSums sums = new ChunkSums(chunk);
    double[] capacity = new double[capacities.columnCount()];
    double[] flow = new double[capacity.length];
    double slack = 1;
    double largest = 0;
    for (int row = chunk.from(); row < chunk.to(); row++) {
      arcFlow.row(chunk.block(), row, flow);
      capacities.copy(row * capacity.length, capacity.length, capacity, 0);
      sums.add(row, flow);
      slack = Math.min(slack, smallestSlack(flow, capacity));
      largest = Math.max(largest, stationarity.largest(chunk.arcs(), row, flow, capacity));
    }
    return new Part(sums, slack, largest);
  }

  private static double smallestSlack(double[] flow, double[] capacity) {
    double smallest = 1;
    for (int j = 0; j < capacity.length; j++) {
      double u = capacity[j];
      double f = flow[j];
      if (u > 0) {
        smallest = Math.min(smallest, Math.min(f, u - f) / u);
      } else if (f != 0) {
        smallest = Double.NEGATIVE_INFINITY;
      }
    }
    return smallest;
  }

  /** The largest |inflow − outflow| of a node; not a number if any flow is. */
  double largestImbalance() {
    double largest = 0;
    for (int node = 0; node < inflow.length; node++) {
      largest = Math.max(largest, Math.abs(inflow[node] - outflow[node]));
    }
    return largest;
  }

  /**
   * The largest |inflow − outflow| of a node relative to its inflow + outflow, or to twice the flow
   * value if that is less: what runs round a cycle makes up for no error in what flows through.
   */
  double largestRelativeImbalance() {
    double largest = 0;
    for (int node = 0; node < inflow.length; node++) {
      double through = Math.min(inflow[node] + outflow[node], 2 * inflow[sink]);
      if (through != 0) {
        largest = Math.max(largest, Math.abs(inflow[node] - outflow[node]) / through);
      }
    }
    return largest;
  }

  /** The smallest min(f, u − f) / u of an arc; −∞ if flow runs where there is no arc. */
  double smallestSlack() {
    return smallestSlack;
  }

  /** The largest error of an arc's flow, see {@link Stationarity}. */
  double stationarity() {
    return stationarity;
  }
}
