package org.attentionflow.docs;

// snippet: residual-graph
import java.util.ArrayDeque;
import java.util.Arrays;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeIndex;
import org.attentionflow.tensor.Matrix;

/**
 * A list of arcs, one per entry of the arc blocks, each followed by its reverse: 2e is arc e with
 * what it can still take, 2e + 1 its reverse with what it carries and can give back.
 */
final class ResidualGraph {
  private final FlowNetwork network;
  private final NodeIndex index;
  private final int source;
  private final int sink;
  private final int[] firstOfBlock;
  private final int[] head;
  private final double[] residual;

  /** The arcs that leave a node are a linked list, as are those not yet tried in this phase. */
  private final int[] firstOfNode;

  private final int[] next;
  private int[] untried = {};
  private int[] distance = {};
  private double value;

  ResidualGraph(FlowNetwork network) {
    this.network = network;
    this.index = NodeIndex.of(network);
    this.source = index.first(network.source());
    this.sink = index.first(network.sink());
    this.firstOfBlock = new int[network.blocks().size()];
    int entries = 0;
    for (int block = 0; block < firstOfBlock.length; block++) {
      firstOfBlock[block] = 2 * entries;
      entries += network.blocks().get(block).capacity().size();
    }
    head = new int[2 * entries];
    next = new int[2 * entries];
    residual = new double[2 * entries];
    firstOfNode = new int[index.nodeCount()];
    Arrays.fill(firstOfNode, -1);
    for (int block = 0; block < firstOfBlock.length; block++) {
      addBlock(network.blocks().get(block), firstOfBlock[block]);
    }
  }

  private void addBlock(ArcBlock block, int first) {
    double[] capacity = block.capacity().values();
    for (int i = 0; i < capacity.length; i++) {
      if (capacity[i] > 0) {
        int tailNode = index.first(block.tail()) + block.tailNode(i);
        int headNode = index.first(block.head()) + block.headNode(i);
        residual[first + 2 * i] = capacity[i];
        link(first + 2 * i, tailNode, headNode);
        link(first + 2 * i + 1, headNode, tailNode);
      }
    }
  }

  private void link(int arc, int from, int to) {
    head[arc] = to;
    next[arc] = firstOfNode[from];
    firstOfNode[from] = arc;
  }

  /** Counts the arcs from the source to every node; false if the sink cannot be reached. */
  boolean measureDistances() {
    distance = new int[firstOfNode.length];
    Arrays.fill(distance, -1);
    distance[source] = 0;
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    queue.add(source);
    while (!queue.isEmpty()) {
      int node = queue.remove();
      for (int arc = firstOfNode[node]; arc >= 0; arc = next[arc]) {
        if (residual[arc] > 0 && distance[head[arc]] < 0) {
          distance[head[arc]] = distance[node] + 1;
          queue.add(head[arc]);
        }
      }
    }
    return distance[sink] >= 0;
  }

  /** Pushes along shortest paths until each holds an arc that takes no more. */
  void saturateShortestPaths() {
    untried = firstOfNode.clone();
    double pushed;
    do {
      pushed = push(source, Double.POSITIVE_INFINITY);
      value += pushed;
    } while (pushed > 0);
  }

  /** Pushes at most an amount from a node to the sink; the tightest arc ends at exactly 0. */
  private double push(int node, double amount) {
    if (node == sink) {
      return amount;
    }
    for (; untried[node] >= 0; untried[node] = next[untried[node]]) {
      int arc = untried[node];
      if (residual[arc] > 0 && distance[head[arc]] == distance[node] + 1) {
        double pushed = push(head[arc], Math.min(amount, residual[arc]));
        if (pushed > 0) {
          residual[arc] -= pushed;
          residual[arc ^ 1] += pushed;
          return pushed;
        }
      }
    }
    return 0;
  }

  double value() {
    return value;
  }

  /** 1 for the nodes that the source still reaches, 0 for the others: a minimum cut at the end. */
  double[][] sides() {
    double[][] sides = new double[network.groups().size()][];
    for (int group = 0; group < sides.length; group++) {
      sides[group] = new double[network.groups().get(group).size()];
      for (int i = 0; i < sides[group].length; i++) {
        sides[group][i] = distance[index.node(group, i)] >= 0 ? 1 : 0;
      }
    }
    return sides;
  }

  /** The flows of one row of a block; rounding must not carry one beyond its capacity. */
  void flowOfRow(int block, int row, double[] into) {
    Matrix capacity = network.blocks().get(block).capacity();
    int columns = capacity.columnCount();
    for (int column = 0; column < columns; column++) {
      int entry = row * columns + column;
      into[column] = Math.min(capacity.get(entry), residual[firstOfBlock[block] + 2 * entry + 1]);
    }
  }
}
// end
