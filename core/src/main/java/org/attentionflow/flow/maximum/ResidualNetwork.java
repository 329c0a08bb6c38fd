package org.attentionflow.flow.maximum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeIndex;

/**
 * A flow through a network and the residual arcs that it leaves, on which as much as possible can
 * be sent from any node to any other by Dinic's method: measure distances to the destination, send
 * along shortest paths until none is left, and measure again; distances grow from phase to phase.
 *
 * <p>Whatever is sent saturates an arc exactly ({@link ResidualSide#push}), and in doubles as in
 * the reals a residual stays above zero when less than it is taken. So the number of phases is at
 * most the number of nodes for any real capacities; no tolerance decides when to stop. Rounding
 * only leaves imbalances of some units in the last place at the nodes.
 *
 * <p>Dense blocks need no lists of arcs: memory is one flow per arc and some numbers per node.
 */
final class ResidualNetwork {
  /** What was sent, in how many phases, and whether nothing more can be sent. */
  record Sent(double amount, int phases, boolean isComplete) {}

  private final FlowNetwork network;
  private final double[][] flow;
  private final ResidualSide[][] sides;
  private final int[] groupOf;
  private final int[] memberOf;
  private final NodeIndex index;

  private ResidualNetwork(FlowNetwork network, double[][] flow) {
    this.network = network;
    this.flow = flow;
    this.index = NodeIndex.of(network);
    this.groupOf = index.groupOf();
    this.memberOf = new int[groupOf.length];
    Arrays.setAll(memberOf, node -> node - index.first(groupOf[node]));
    this.sides = new ResidualSide[network.groups().size()][];
    Arrays.setAll(sides, this::sides);
  }

  /** The residual network of the zero flow. */
  static ResidualNetwork of(FlowNetwork network) {
    double[][] flow = new double[network.blocks().size()][];
    for (int block = 0; block < flow.length; block++) {
      flow[block] = new double[network.blocks().get(block).capacity().size()];
    }
    return new ResidualNetwork(network, flow);
  }

  /** A copy whose flow can be changed on its own. */
  ResidualNetwork copy() {
    double[][] copied = new double[flow.length][];
    for (int block = 0; block < flow.length; block++) {
      copied[block] = flow[block].clone();
    }
    return new ResidualNetwork(network, copied);
  }

  /** Takes over the flow of another residual network of the same network. */
  void copyFlowOf(ResidualNetwork other) {
    for (int block = 0; block < flow.length; block++) {
      System.arraycopy(other.flow[block], 0, flow[block], 0, flow[block].length);
    }
  }

  /**
   * Sends as much as possible, but no more than a limit, from one node to another.
   *
   * @param phaseLimit the most phases; with {@link Integer#MAX_VALUE} the result is complete
   */
  Sent send(int from, int to, double limit, int phaseLimit) {
    double amount = 0;
    int phases = 0;
    while (amount < limit) {
      Distances distances = distancesTo(to, from);
      boolean isComplete = !distances.isReached(from);
      if (isComplete || phases == phaseLimit) {
        return new Sent(amount, phases, isComplete);
      }
      amount += new BlockingFlow(this, distances).send(from, to, limit - amount);
      phases++;
    }
    return new Sent(limit, phases, true);
  }

  /** The distances of the nodes to a destination; ends when they reach a given node. */
  Distances distancesTo(int to, int end) {
    return Distances.of(this, to, end);
  }

  /** The flow per block, in the order of the capacities. */
  double[][] flow() {
    return flow;
  }

  FlowNetwork network() {
    return network;
  }

  /** The numbers of the nodes. */
  NodeIndex index() {
    return index;
  }

  /** The arcs of a node's group, block by block. */
  ResidualSide[] sidesOf(int node) {
    return sides[groupOf[node]];
  }

  /** The index of a node in its group. */
  int memberOf(int node) {
    return memberOf[node];
  }

  private ResidualSide[] sides(int group) {
    List<ResidualSide> found = new ArrayList<>();
    for (int number = 0; number < network.blocks().size(); number++) {
      ArcBlock block = network.blocks().get(number);
      if (block.tail() == group) {
        found.add(side(number, block.head(), true));
      }
    }
    for (int number = 0; number < network.blocks().size(); number++) {
      ArcBlock block = network.blocks().get(number);
      if (block.head() == group) {
        found.add(side(number, block.tail(), false));
      }
    }
    return found.toArray(ResidualSide[]::new);
  }

  private ResidualSide side(int number, int neighbours, boolean isLeaving) {
    ArcBlock block = network.blocks().get(number);
    return new ResidualSide(block, flow[number], index.first(neighbours), isLeaving);
  }
}
