package org.attentionflow.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;

/**
 * A maximum flow by shortest augmenting paths, length by length (Dinic, 1970): simple, and
 * independent of every solver, so that they can be judged by it.
 *
 * <p>Each augmentation saturates an arc exactly (its residual becomes the number 0), and in doubles
 * as in the reals a residual r stays above zero when less than r is taken from it. So the bound on
 * the number of augmentations, nodes × arcs, is combinatorial and holds for any real capacities; no
 * tolerance is needed to stop. What rounding does touch is the value: the residuals of an arc and
 * its reverse add up to the capacity only to some units in the last place. {@link #value} is
 * therefore the capacity of the minimum cut, summed on its own.
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
      // Each round leaves no shortest path of its length.
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
      for (int i = 0; i < capacity.length; i++) {
        int tail = firstOfGroup[block.tail()] + block.tailNode(i);
        int to = firstOfGroup[block.head()] + block.headNode(i);
        sum += fromSide[tail] && !fromSide[to] ? capacity[i] : 0;
      }
    }
    return sum;
  }

  private void addArcs() {
    int arc = 0;
    for (ArcBlock block : network.blocks()) {
      double[] capacity = block.capacity().values();
      for (int i = 0; i < capacity.length; i++) {
        if (capacity[i] > 0) {
          int tail = firstOfGroup[block.tail()] + block.tailNode(i);
          head[2 * arc] = firstOfGroup[block.head()] + block.headNode(i);
          head[2 * arc + 1] = tail;
          residual[2 * arc] = capacity[i];
          leaving.get(tail).add(2 * arc);
          leaving.get(head[2 * arc]).add(2 * arc + 1);
          arc++;
        }
      }
    }
  }

  /** Pushes along shortest paths until none of their length is left; false if there is no path. */
  private boolean augment() {
    int[] level = levels();
    if (level[sink] < 0) {
      return false;
    }
    int[] next = new int[nodeCount];
    double amount = push(source, Double.POSITIVE_INFINITY, level, next);
    while (amount > 0) {
      pushed += amount;
      amount = push(source, Double.POSITIVE_INFINITY, level, next);
    }
    return true;
  }

  /** Pushes at most a limit from a node to the sink along one path of growing levels. */
  private double push(int node, double limit, int[] level, int[] next) {
    if (node == sink) {
      return limit;
    }
    List<Integer> arcs = leaving.get(node);
    for (; next[node] < arcs.size(); next[node]++) {
      int arc = arcs.get(next[node]);
      if (residual[arc] > 0 && level[head[arc]] == level[node] + 1) {
        double amount = push(head[arc], Math.min(limit, residual[arc]), level, next);
        if (amount > 0) {
          residual[arc] -= amount;
          residual[arc ^ 1] += amount;
          return amount;
        }
      }
    }
    return 0;
  }

  /** The number of arcs on a shortest path from the source to each node; −1 if there is none. */
  private int[] levels() {
    int[] level = new int[nodeCount];
    Arrays.fill(level, -1);
    level[source] = 0;
    ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(source));
    while (!queue.isEmpty()) {
      int node = queue.remove();
      for (int arc : leaving.get(node)) {
        if (residual[arc] > 0 && level[head[arc]] < 0) {
          level[head[arc]] = level[node] + 1;
          queue.add(head[arc]);
        }
      }
    }
    return level;
  }

  private boolean[] reachable() {
    int[] level = levels();
    boolean[] reachable = new boolean[nodeCount];
    for (int node = 0; node < nodeCount; node++) {
      reachable[node] = level[node] >= 0;
    }
    return reachable;
  }
}
