package org.attentionflow.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;

/**
 * A maximum flow by shortest augmenting paths: slow, simple, and independent of every solver, so
 * that they can be judged by it.
 *
 * <p>Each augmentation saturates an arc exactly (its residual becomes the number 0), and in doubles
 * as in the reals a residual r stays above zero when less than r is taken from it. So the bound of
 * Edmonds and Karp (1972) on the number of augmentations, nodes × arcs / 2, holds for any real
 * capacities, and no tolerance is needed to stop. What rounding does touch is the value: the
 * residuals of an arc and its reverse add up to the capacity only to some units in the last place.
 * {@link #value} is therefore the capacity of the minimum cut, summed on its own.
 *
 * <p>Arcs are numbered block after block and row after row, positive capacities only.
 */
public final class ExactMaximumFlow {
  private final FlowNetwork network;
  private final int nodeCount;
  private final int source;
  private final int sink;

  /** Per arc 2i its head and residual; 2i + 1 is its reverse. */
  private final int[] head;

  private final double[] residual;
  private final List<List<Integer>> leaving = new ArrayList<>();
  private final int[] firstOfGroup;
  private double pushed;
  private final boolean[] onSourceSide;

  private ExactMaximumFlow(FlowNetwork network) {
    this.network = network;
    this.firstOfGroup = new int[network.groups().size()];
    int nodes = 0;
    for (int group = 0; group < firstOfGroup.length; group++) {
      firstOfGroup[group] = nodes;
      nodes += network.groups().get(group).size();
    }
    this.nodeCount = nodes;
    this.source = firstOfGroup[network.source()];
    this.sink = firstOfGroup[network.sink()];
    int arcs = Math.toIntExact(network.arcCount());
    this.head = new int[2 * arcs];
    this.residual = new double[2 * arcs];
    for (int node = 0; node < nodes; node++) {
      leaving.add(new ArrayList<>());
    }
    addArcs();
    while (augment()) {
      // Every augmentation is one step; there is nothing else to do.
    }
    this.onSourceSide = reachable();
  }

  /** Computes a maximum flow. Both terminals must be present: a network that is not pruned. */
  public static ExactMaximumFlow of(FlowNetwork network) {
    return new ExactMaximumFlow(network);
  }

  /** The maximum flow: the capacity of the minimum cut. */
  public double value() {
    return cutCapacity(onSourceSide);
  }

  /** The sum of all augmentations; equals {@link #value} but for rounding. */
  public double pushed() {
    return pushed;
  }

  /** Whether a node lies on the source's side of the minimum cut found. */
  public boolean isOnSourceSide(int group, int member) {
    return onSourceSide[firstOfGroup[group] + member];
  }

  /** The flow on every arc of a block, in the shape of its capacities. */
  public double[] blockFlow(int block) {
    int arc = 0;
    for (int before = 0; before < block; before++) {
      for (double capacity : network.blocks().get(before).capacity().values()) {
        arc += capacity > 0 ? 1 : 0;
      }
    }
    double[] capacity = network.blocks().get(block).capacity().values();
    double[] flow = new double[capacity.length];
    for (int i = 0; i < flow.length; i++) {
      if (capacity[i] > 0) {
        flow[i] = Math.min(capacity[i], residual[2 * arc + 1]);
        arc++;
      }
    }
    return flow;
  }

  /** The total capacity of the arcs from one set of nodes to the rest; nodes group after group. */
  double cutCapacity(boolean[] fromSide) {
    double sum = 0;
    for (ArcBlock block : network.blocks()) {
      double[] capacity = block.capacity().values();
      int columns = block.capacity().columnCount();
      for (int i = 0; i < capacity.length; i++) {
        int tail = firstOfGroup[block.tail()] + block.tailNode(i / columns, i % columns);
        int to = firstOfGroup[block.head()] + i % columns;
        sum += fromSide[tail] && !fromSide[to] ? capacity[i] : 0;
      }
    }
    return sum;
  }

  private void addArcs() {
    int arc = 0;
    for (ArcBlock block : network.blocks()) {
      double[] capacity = block.capacity().values();
      int columns = block.capacity().columnCount();
      for (int i = 0; i < capacity.length; i++) {
        if (capacity[i] > 0) {
          int tail = firstOfGroup[block.tail()] + block.tailNode(i / columns, i % columns);
          head[2 * arc] = firstOfGroup[block.head()] + i % columns;
          head[2 * arc + 1] = tail;
          residual[2 * arc] = capacity[i];
          leaving.get(tail).add(2 * arc);
          leaving.get(head[2 * arc]).add(2 * arc + 1);
          arc++;
        }
      }
    }
  }

  /** Pushes as much as a shortest path from source to sink takes; false if there is no path. */
  private boolean augment() {
    int[] arrivedBy = shortestPaths();
    if (arrivedBy[sink] < 0) {
      return false;
    }
    double amount = Double.POSITIVE_INFINITY;
    for (int node = sink; node != source; node = head[arrivedBy[node] ^ 1]) {
      amount = Math.min(amount, residual[arrivedBy[node]]);
    }
    for (int node = sink; node != source; node = head[arrivedBy[node] ^ 1]) {
      residual[arrivedBy[node]] -= amount;
      residual[arrivedBy[node] ^ 1] += amount;
    }
    pushed += amount;
    return true;
  }

  /** Per node the arc by which a breadth-first search first reached it; −1 if it did not. */
  private int[] shortestPaths() {
    int[] arrivedBy = new int[nodeCount];
    Arrays.fill(arrivedBy, -1);
    ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(source));
    while (!queue.isEmpty()) {
      for (int arc : leaving.get(queue.remove())) {
        int to = head[arc];
        if (residual[arc] > 0 && arrivedBy[to] < 0 && to != source) {
          arrivedBy[to] = arc;
          queue.add(to);
        }
      }
    }
    return arrivedBy;
  }

  private boolean[] reachable() {
    int[] arrivedBy = shortestPaths();
    boolean[] reachable = new boolean[nodeCount];
    for (int node = 0; node < nodeCount; node++) {
      reachable[node] = node == source || arrivedBy[node] >= 0;
    }
    return reachable;
  }
}
