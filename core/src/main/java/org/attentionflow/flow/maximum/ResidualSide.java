package org.attentionflow.flow.maximum;

import org.attentionflow.tensor.Matrix;

/**
 * The residual arcs between the nodes of one group and their neighbours at the other end of one arc
 * block. An arc of capacity u that carries f leaves the residual u − f from tail to head and f from
 * head to tail. Neighbours are named by their index in their own group.
 *
 * @param capacity the capacities of the block
 * @param flow the flows, in the same order; changed by {@link #push}
 * @param group the group of the neighbours
 * @param first the number of the first neighbour among all nodes
 * @param count the number of neighbours
 * @param columns the row length of the block
 * @param isLeaving whether the arcs of the block lead from the group to the neighbours
 * @param isDiagonal whether node i has only the neighbour i
 */
record ResidualSide(
    Matrix capacity,
    double[] flow,
    int group,
    int first,
    int count,
    int columns,
    boolean isLeaving,
    boolean isDiagonal) {

  /** The residual from a member of the group to a neighbour. */
  double outward(int member, int neighbour) {
    int arc = arc(member, neighbour);
    return isLeaving ? capacity.get(arc) - flow[arc] : flow[arc];
  }

  /** The residual from a neighbour to a member of the group. */
  double inward(int member, int neighbour) {
    int arc = arc(member, neighbour);
    return isLeaving ? flow[arc] : capacity.get(arc) - flow[arc];
  }

  /**
   * The first neighbour, from a given one on, at a distance and with a residual from the member to
   * it; {@link #count} if there is none.
   */
  int next(int member, int from, int[] distance, int wanted) {
    if (isDiagonal) {
      boolean found =
          from <= member && distance[first + member] == wanted && outward(member, member) > 0;
      return found ? member : count;
    }
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

  /**
   * Sends an amount from a member to a neighbour. If it is the whole residual, the flow becomes
   * exactly the capacity, or exactly 0, so that nothing remains.
   */
  void push(int member, int neighbour, double amount) {
    int arc = arc(member, neighbour);
    boolean saturates = amount == outward(member, neighbour);
    if (isLeaving) {
      flow[arc] = saturates ? capacity.get(arc) : flow[arc] + amount;
    } else {
      flow[arc] = saturates ? 0 : flow[arc] - amount;
    }
  }

  private int arc(int member, int neighbour) {
    if (isDiagonal) {
      return member;
    }
    return isLeaving ? member * columns + neighbour : neighbour * columns + member;
  }
}
