package org.attentionflow.flow.maximum;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeIndex;

/**
 * What {@link ConservedFlow} does, for networks whose groups form cycles. Augmenting paths may
 * leave flow that runs in a circle and reaches nothing. A depth-first search along arcs that carry
 * flow finds such circles and takes from each what its least arc carries, which is 0 then; what
 * remains carries the same value without a circle. The search leaves its nodes in an order in which
 * all flow leads to earlier ones, and along that order inflows and outflows are limited to each
 * other, node by node. O(arcs) time, and the length of each circle.
 */
final class CycleFreeFlow {
  private final FlowNetwork network;
  private final double[][] flow;
  private final NodeIndex index;
  private final int[] groupOf;

  /** [group]: the numbers of the blocks whose arcs leave it, and of those whose arcs enter it. */
  private final int[][] leaving;

  private final int[][] entering;

  /** The nodes as the search leaves them: all flow leads to earlier ones. */
  private final int[] left;

  private int leftCount;

  /** The path of the search: its nodes, and of each but the last the block and arc to the next. */
  private final int[] path;

  private final int[] pathBlock;
  private final int[] pathArc;

  /** Per node its place on the path, −1 if it is not there; −2 once it has been left. */
  private final int[] place;

  /** Per node the place in {@link #leaving} and the arc of that block that the search is at. */
  private final int[] block;

  private final int[] arc;

  private CycleFreeFlow(FlowNetwork network, double[][] flow) {
    this.network = network;
    this.flow = flow;
    index = NodeIndex.of(network);
    int count = index.nodeCount();
    groupOf = index.groupOf();
    leaving = new int[network.groups().size()][];
    entering = new int[leaving.length][];
    Arrays.setAll(leaving, group -> blocks(block -> block.tail() == group));
    Arrays.setAll(entering, group -> blocks(block -> block.head() == group));
    left = new int[count];
    path = new int[count];
    pathBlock = new int[count];
    pathArc = new int[count];
    place = new int[count];
    Arrays.fill(place, -1);
    block = new int[count];
    arc = new int[count];
  }

  private int[] blocks(Predicate<ArcBlock> condition) {
    return IntStream.range(0, network.blocks().size())
        .filter(number -> condition.test(network.blocks().get(number)))
        .toArray();
  }

  /** Balances a flow in place and returns its value. */
  static double balance(FlowNetwork network, double[][] flow) {
    CycleFreeFlow balanced = new CycleFreeFlow(network, flow);
    for (int node = 0; node < balanced.place.length; node++) {
      if (balanced.place[node] == -1) {
        balanced.search(node);
      }
    }
    for (int node : balanced.left) {
      balanced.limit(node, true);
    }
    for (int i = balanced.left.length - 1; i >= 0; i--) {
      balanced.limit(balanced.left[i], false);
    }
    return balanced.sum(balanced.index.first(network.sink()), true);
  }

  private void search(int start) {
    int depth = 0;
    path[0] = start;
    place[start] = 0;
    while (depth >= 0) {
      int node = path[depth];
      int next = next(node);
      if (next < 0) {
        place[node] = -2;
        left[leftCount++] = node;
        depth--;
      } else {
        pathBlock[depth] = leaving[groupOf[node]][block[node]];
        pathArc[depth] = arcAt(node);
        if (place[next] >= 0) {
          depth = cancel(place[next], depth);
        } else {
          depth++;
          path[depth] = next;
          place[next] = depth;
        }
      }
    }
  }

  /** The node at the end of the next arc of a node that carries flow on; negative if none does. */
  private int next(int node) {
    int group = groupOf[node];
    for (; block[node] < leaving[group].length; block[node]++, arc[node] = 0) {
      int number = leaving[group][block[node]];
      ArcBlock arcs = network.blocks().get(number);
      int count = arcs.leavingCount(node - index.first(group));
      for (; arc[node] < count; arc[node]++) {
        int at = arcAt(node);
        int head = index.first(arcs.head()) + arcs.headNode(at);
        if (flow[number][at] > 0 && place[head] != -2) {
          return head;
        }
      }
    }
    return -1;
  }

  private int arcAt(int node) {
    int group = groupOf[node];
    ArcBlock arcs = network.blocks().get(leaving[group][block[node]]);
    return arcs.leaving(node - index.first(group), arc[node]);
  }

  /**
   * Takes the circle from a place of the path to its end away; returns where the path ends then.
   */
  private int cancel(int from, int to) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = from; i <= to; i++) {
      least = Math.min(least, flow[pathBlock[i]][pathArc[i]]);
    }
    int end = to;
    for (int i = to; i >= from; i--) {
      flow[pathBlock[i]][pathArc[i]] -= least;
      end = flow[pathBlock[i]][pathArc[i]] > 0 ? end : i;
    }
    for (int i = end + 1; i <= to; i++) {
      place[path[i]] = -1;
    }
    return end;
  }

  /** Scales the inflow of a node down to its outflow, or its outflow to its inflow. */
  private void limit(int node, boolean isInflow) {
    boolean isTerminal = groupOf[node] == network.source() || groupOf[node] == network.sink();
    double present = sum(node, isInflow);
    double wanted = sum(node, !isInflow);
    if (!isTerminal && present > wanted) {
      scale(node, isInflow, wanted / present);
    }
  }

  private double sum(int node, boolean isInflow) {
    int member = node - index.first(groupOf[node]);
    double sum = 0;
    for (int number : (isInflow ? entering : leaving)[groupOf[node]]) {
      ArcBlock arcs = network.blocks().get(number);
      int count = isInflow ? arcs.enteringCount(member) : arcs.leavingCount(member);
      for (int k = 0; k < count; k++) {
        sum += flow[number][isInflow ? arcs.entering(member, k) : arcs.leaving(member, k)];
      }
    }
    return sum;
  }

  private void scale(int node, boolean isInflow, double factor) {
    int member = node - index.first(groupOf[node]);
    for (int number : (isInflow ? entering : leaving)[groupOf[node]]) {
      ArcBlock arcs = network.blocks().get(number);
      int count = isInflow ? arcs.enteringCount(member) : arcs.leavingCount(member);
      for (int k = 0; k < count; k++) {
        flow[number][isInflow ? arcs.entering(member, k) : arcs.leaving(member, k)] *= factor;
      }
    }
  }
}
