package org.attentionflow.network;

import java.util.BitSet;
import java.util.List;
import org.attentionflow.tensor.Matrix;

/** The nodes of a network that a terminal reaches along, or against, arcs of positive capacity. */
final class NodeReach {
  private final FlowNetwork network;
  private final boolean isForwards;
  private final BitSet[] reached;

  private NodeReach(FlowNetwork network, int terminal, boolean isForwards) {
    this.network = network;
    this.isForwards = isForwards;
    reached = new BitSet[network.groups().size()];
    for (int group = 0; group < reached.length; group++) {
      reached[group] = new BitSet(network.groups().get(group).size());
    }
    reached[terminal].set(0, network.groups().get(terminal).size());
  }

  /**
   * Per group the nodes that are reached. One sweep over the blocks where groups form no cycle;
   * otherwise it is repeated until nothing new is reached.
   */
  static BitSet[] from(FlowNetwork network, int terminal, boolean isForwards) {
    NodeReach reach = new NodeReach(network, terminal, isForwards);
    if (network.isAcyclic()) {
      reach.sweep();
    } else {
      reach.search(terminal);
    }
    return reach.reached;
  }

  private void sweep() {
    List<Integer> order = network.groupOrder();
    for (int i = 0; i < order.size(); i++) {
      int group = order.get(isForwards ? i : order.size() - 1 - i);
      for (ArcBlock block : network.blocks()) {
        if ((isForwards ? block.tail() : block.head()) == group) {
          spread(block, reached[block.tail()], reached[block.head()]);
        }
      }
    }
  }

  /** Stops as early as it can: in a dense network most rows are decided by their first arc. */
  private void spread(ArcBlock block, BitSet tails, BitSet heads) {
    if (block.shape() != ArcBlock.Shape.DENSE) {
      spreadEach(block, tails, heads);
      return;
    }
    Matrix capacity = block.capacity();
    int columns = capacity.columnCount();
    for (int row = 0, first = 0; row < capacity.rowCount(); row++, first += columns) {
      if (isForwards && tails.get(row)) {
        for (int head = heads.nextClearBit(0);
            head < columns;
            head = heads.nextClearBit(head + 1)) {
          heads.set(head, capacity.get(first + head) > 0);
        }
      } else if (!isForwards) {
        int head = heads.nextSetBit(0);
        while (head >= 0 && !(capacity.get(first + head) > 0)) {
          head = heads.nextSetBit(head + 1);
        }
        tails.set(row, tails.get(row) || head >= 0);
      }
    }
  }

  private void spreadEach(ArcBlock block, BitSet tails, BitSet heads) {
    Matrix capacity = block.capacity();
    for (int row = 0; row < capacity.rowCount(); row++) {
      for (int column = 0; column < capacity.columnCount(); column++) {
        if (capacity.get(row, column) > 0) {
          int tail = block.tailNode(row, column);
          int head = block.headNode(row, column);
          if (isForwards) {
            heads.set(head, heads.get(head) || tails.get(tail));
          } else {
            tails.set(tail, tails.get(tail) || heads.get(head));
          }
        }
      }
    }
  }

  /** Node by node, each once. */
  private void search(int terminal) {
    NodeIndex index = NodeIndex.of(network);
    int[] queue = new int[index.nodeCount()];
    int[] groupOf = index.groupOf();
    queue[0] = index.first(terminal);
    for (int next = 0, count = 1; next < count; next++) {
      int group = groupOf[queue[next]];
      int member = queue[next] - index.first(group);
      for (ArcBlock block : network.blocks()) {
        if ((isForwards ? block.tail() : block.head()) == group) {
          count = append(block, member, index, queue, count);
        }
      }
    }
  }

  /** Appends what a node reaches by its arcs of one block to the queue; returns its new length. */
  private int append(ArcBlock block, int member, NodeIndex index, int[] queue, int queued) {
    int others = isForwards ? block.head() : block.tail();
    int arcs = isForwards ? block.leavingCount(member) : block.enteringCount(member);
    int count = queued;
    for (int k = 0; k < arcs; k++) {
      int arc = isForwards ? block.leaving(member, k) : block.entering(member, k);
      int other = isForwards ? block.headNode(arc) : block.tailNode(arc);
      if (!reached[others].get(other) && block.capacity().get(arc) > 0) {
        reached[others].set(other);
        queue[count++] = index.node(others, other);
      }
    }
    return count;
  }
}
