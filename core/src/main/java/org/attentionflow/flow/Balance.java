package org.attentionflow.flow;

import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeIndex;

/** Inflow and outflow of every node and the distance of every arc to its bounds, in one sweep. */
final class Balance {
  private final double[] inflow;
  private final double[] outflow;
  private double smallestSlack = 1;

  private Balance(int nodeCount) {
    inflow = new double[nodeCount];
    outflow = new double[nodeCount];
  }

  static Balance of(FlowNetwork network, FlowSolution solution) {
    NodeIndex index = NodeIndex.of(network);
    Balance balance = new Balance(index.nodeCount());
    for (int block = 0; block < network.blocks().size(); block++) {
      balance.add(network.blocks().get(block), block, index, solution.arcFlow());
    }
    balance.outflow[index.first(network.sink())] += solution.returnFlow();
    balance.inflow[index.first(network.source())] += solution.returnFlow();
    return balance;
  }

  private void add(ArcBlock block, int number, NodeIndex index, ArcFlow arcFlow) {
    double[] capacity = block.capacity().values();
    int columns = block.capacity().columnCount();
    int firstTail = index.first(block.tail());
    int firstHead = index.first(block.head());
    double[] row = new double[columns];
    for (int i = 0; i < block.capacity().rowCount(); i++) {
      arcFlow.row(number, i, row);
      double out = 0;
      for (int j = 0; j < columns; j++) {
        double u = capacity[i * columns + j];
        double f = row[j];
        if (u > 0) {
          smallestSlack = Math.min(smallestSlack, Math.min(f, u - f) / u);
        } else if (f != 0) {
          smallestSlack = Double.NEGATIVE_INFINITY;
        }
        inflow[firstHead + j] += f;
        if (block.shape() == ArcBlock.Shape.DENSE) {
          out += f;
        } else {
          outflow[firstTail + j] += f;
        }
      }
      if (block.shape() == ArcBlock.Shape.DENSE) {
        outflow[firstTail + i] += out;
      }
    }
  }

  /** The largest |inflow − outflow| of a node; not a number if any flow is. */
  double largestImbalance() {
    double largest = 0;
    for (int node = 0; node < inflow.length; node++) {
      largest = Math.max(largest, Math.abs(inflow[node] - outflow[node]));
    }
    return largest;
  }

  /** The largest |inflow − outflow| / (inflow + outflow) of a node. */
  double largestRelativeImbalance() {
    double largest = 0;
    for (int node = 0; node < inflow.length; node++) {
      double through = inflow[node] + outflow[node];
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
}
