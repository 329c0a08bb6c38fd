package org.attentionflow.flow.maximum;

import java.util.Arrays;
import java.util.List;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeIndex;

/**
 * Removes the imbalances that rounding leaves at the nodes, so that inflow and outflow of every
 * node agree to some units in the last place of its own throughput, however small that is.
 *
 * <p>From the sink backwards, the inflow of a node that receives more than it passes on is scaled
 * down; then no node receives more than it passes on. From the source forwards, the outflow of a
 * node that passes on more than it receives is scaled down. Both only make flows smaller, so no
 * capacity is exceeded, and the value falls by no more than all imbalances together. Three sweeps
 * over the arcs.
 */
final class ConservedFlow {
  private final FlowNetwork network;
  private final double[][] flow;
  private final NodeIndex index;
  private final double[] inflow;
  private final double[] outflow;

  private ConservedFlow(FlowNetwork network, double[][] flow) {
    this.network = network;
    this.flow = flow;
    this.index = NodeIndex.of(network);
    this.inflow = new double[index.nodeCount()];
    this.outflow = new double[index.nodeCount()];
  }

  /** Balances a flow in place and returns its value. */
  static double balance(FlowNetwork network, double[][] flow) {
    ConservedFlow balanced = new ConservedFlow(network, flow);
    List<Integer> order = network.groupOrder();
    for (int i = order.size() - 1; i >= 0; i--) {
      balanced.limitInflow(order.get(i));
    }
    Arrays.fill(balanced.inflow, 0);
    for (int group : order) {
      balanced.limitOutflow(group);
    }
    return balanced.inflow[balanced.index.first(network.sink())];
  }

  /** Scales the arcs into a group, whose outflow is final, and adds them to their tails. */
  private void limitInflow(int group) {
    for (int block = 0; block < flow.length; block++) {
      if (network.blocks().get(block).head() == group) {
        addInflow(block);
      }
    }
    double[] factor = factors(group, group == network.sink(), outflow, inflow);
    for (int number = 0; number < flow.length; number++) {
      ArcBlock block = network.blocks().get(number);
      if (block.head() == group) {
        int columns = block.capacity().columnCount();
        for (int i = 0, at = 0; i < block.capacity().rowCount(); i++) {
          for (int j = 0; j < columns; j++, at++) {
            flow[number][at] *= factor[block.headNode(i, j)];
            outflow[index.first(block.tail()) + block.tailNode(i, j)] += flow[number][at];
          }
        }
      }
    }
  }

  /** Scales the arcs out of a group, whose inflow is final, and adds them to their heads. */
  private void limitOutflow(int group) {
    double[] factor = factors(group, group == network.source(), inflow, outflow);
    for (int number = 0; number < flow.length; number++) {
      ArcBlock block = network.blocks().get(number);
      if (block.tail() == group) {
        int columns = block.capacity().columnCount();
        for (int i = 0, at = 0; i < block.capacity().rowCount(); i++) {
          for (int j = 0; j < columns; j++, at++) {
            flow[number][at] *= factor[block.tailNode(i, j)];
          }
        }
        addInflow(number);
      }
    }
  }

  private void addInflow(int number) {
    ArcBlock block = network.blocks().get(number);
    int first = index.first(block.head());
    int columns = block.capacity().columnCount();
    for (int i = 0, at = 0; i < block.capacity().rowCount(); i++) {
      for (int j = 0; j < columns; j++, at++) {
        inflow[first + block.headNode(i, j)] += flow[number][at];
      }
    }
  }

  /** Per member of a group min(1, wanted / present); 1 at a terminal. */
  private double[] factors(int group, boolean isTerminal, double[] wanted, double[] present) {
    double[] factor = new double[network.groups().get(group).size()];
    Arrays.fill(factor, 1);
    for (int member = 0; member < factor.length && !isTerminal; member++) {
      int node = index.first(group) + member;
      if (present[node] > wanted[node]) {
        factor[member] = wanted[node] / present[node];
      }
    }
    return factor;
  }
}
