package org.attentionflow.flow.maximum;

import org.attentionflow.network.ArcBlock;
import org.attentionflow.tensor.Matrix;

/**
 * The residual arcs between the nodes of one group and their neighbours at the other end of one arc
 * block. An arc of capacity u that carries f leaves the residual u − f from tail to head and f from
 * head to tail. The arcs at a member of the group are numbered from 0; in a dense block arc k leads
 * to neighbour k.
 */
final class ResidualSide {
  private final ArcBlock block;
  private final Matrix capacity;
  private final double[] flow;
  private final boolean isLeaving;
  private final boolean isDense;
  private final int group;
  private final int first;
  private final int columns;

  /**
   * Looks at a block from one of its groups.
   *
   * @param flow the flows of the block, in the order of its capacities; changed by {@link #push}
   * @param first the number of the first neighbour among all nodes
   * @param isLeaving whether the arcs of the block lead from the group to the neighbours
   */
  ResidualSide(ArcBlock block, double[] flow, int first, boolean isLeaving) {
    this.block = block;
    this.flow = flow;
    this.first = first;
    this.isLeaving = isLeaving;
    capacity = block.capacity();
    columns = capacity.columnCount();
    isDense = block.shape() == ArcBlock.Shape.DENSE;
    group = isLeaving ? block.head() : block.tail();
  }

  /** The group of the neighbours. */
  int group() {
    return group;
  }

  /** The number of the first neighbour among all nodes. */
  int first() {
    return first;
  }

  /** Whether every member of the group has an arc to every neighbour, of whatever capacity. */
  boolean isDense() {
    return isDense;
  }

  /** The number of arcs at a member of the group. */
  int count(int member) {
    return isLeaving ? block.leavingCount(member) : block.enteringCount(member);
  }

  /** The node that an arc at a member leads to, among all nodes. */
  int node(int member, int k) {
    if (isDense) {
      return first + k;
    }
    int arc = arc(member, k);
    return first + (isLeaving ? block.headNode(arc) : block.tailNode(arc));
  }

  /** The residual from a member of the group along one of its arcs. */
  double outward(int member, int k) {
    int arc = arc(member, k);
    return isLeaving ? capacity.get(arc) - flow[arc] : flow[arc];
  }

  /** The residual to a member of the group against one of its arcs. */
  double inward(int member, int k) {
    int arc = arc(member, k);
    return isLeaving ? flow[arc] : capacity.get(arc) - flow[arc];
  }

  /**
   * The first arc at a member, from a given one on, that leads to a node at a distance and has a
   * residual; {@link #count} if there is none.
   */
  int next(int member, int from, int[] distance, int wanted) {
    if (!isDense) {
      return nextListed(member, from, distance, wanted);
    }
    int count = isLeaving ? columns : capacity.rowCount();
    if (isLeaving) {
      int row = member * columns;
      for (int i = from; i < count; i++) {
        if (distance[first + i] == wanted && capacity.get(row + i) > flow[row + i]) {
          return i;
        }
      }
    } else {
      for (int i = from; i < count; i++) {
        if (distance[first + i] == wanted && flow[i * columns + member] > 0) {
          return i;
        }
      }
    }
    return count;
  }

  private int nextListed(int member, int from, int[] distance, int wanted) {
    int count = count(member);
    for (int k = from; k < count; k++) {
      if (distance[node(member, k)] == wanted && outward(member, k) > 0) {
        return k;
      }
    }
    return count;
  }

  /**
   * Sends an amount from a member along one of its arcs. If it is the whole residual, the flow
   * becomes exactly the capacity, or exactly 0, so that nothing remains.
   */
  void push(int member, int k, double amount) {
    int arc = arc(member, k);
    boolean saturates = amount == outward(member, k);
    if (isLeaving) {
      flow[arc] = saturates ? capacity.get(arc) : flow[arc] + amount;
    } else {
      flow[arc] = saturates ? 0 : flow[arc] - amount;
    }
  }

  private int arc(int member, int k) {
    if (isDense) {
      return isLeaving ? member * columns + k : k * columns + member;
    }
    return isLeaving ? block.leaving(member, k) : block.entering(member, k);
  }
}
