package org.attentionflow.flow.maximum;

/**
 * One phase of Dinic's method: sends along shortest paths until each of them has a saturated arc.
 *
 * <p>A depth-first search that takes an amount along and spreads it over the arcs of a node. Per
 * node it remembers the arc it is at: arcs before that are saturated or lead to nodes that can send
 * no more. An arc is left behind when it is saturated or its head is exhausted; otherwise the
 * amount is used up, and the search returns. Steps: at most arcs × distance.
 */
final class BlockingFlow {
  private final ResidualNetwork residual;
  private final int[] distance;

  /** Per node the side, and the arc in it, that the search is at. */
  private final int[] side;

  private final int[] arc;

  // The path, from its first node on: what may be sent on from each node, and what was.
  private final int[] path;
  private final double[] limit;
  private final double[] left;
  private final double[] sent;

  BlockingFlow(ResidualNetwork residual, Distances distances) {
    this.residual = residual;
    this.distance = distances.values();
    this.side = new int[distance.length];
    this.arc = new int[distance.length];
    this.path = new int[distance.length];
    this.limit = new double[distance.length];
    this.left = new double[distance.length];
    this.sent = new double[distance.length];
  }

  /** Sends as much as possible, but no more than a limit, and returns how much that was. */
  double send(int from, int to, double most) {
    enter(0, from, most);
    int depth = 0;
    while (true) {
      int node = path[depth];
      if (node != to && left[depth] > 0 && advance(depth)) {
        depth++;
        continue;
      }
      // Exactly the limit if it is reached, whatever the parts add up to.
      boolean isFulfilled = node == to || left[depth] == 0;
      double amount = isFulfilled ? limit[depth] : Math.min(sent[depth], limit[depth]);
      if (depth == 0) {
        return amount;
      }
      depth--;
      settle(depth, amount, isFulfilled);
    }
  }

  private void enter(int depth, int node, double most) {
    path[depth] = node;
    limit[depth] = most;
    left[depth] = most;
    sent[depth] = 0;
  }

  /** Extends the path by the next arc that can carry something; false if there is none. */
  private boolean advance(int depth) {
    int node = path[depth];
    int member = residual.memberOf(node);
    ResidualSide[] sides = residual.sidesOf(node);
    for (; side[node] < sides.length; side[node]++) {
      ResidualSide arcs = sides[side[node]];
      int next = arcs.next(member, arc[node], distance, distance[node] - 1);
      if (next < arcs.count(member)) {
        arc[node] = next;
        double amount = Math.min(left[depth], arcs.outward(member, next));
        enter(depth + 1, arcs.node(member, next), amount);
        return true;
      }
      arc[node] = 0;
    }
    return false;
  }

  /** Enters what the head of the current arc could send on. */
  private void settle(int depth, double amount, boolean isFulfilled) {
    int node = path[depth];
    if (amount > 0) {
      ResidualSide arcs = residual.sidesOf(node)[side[node]];
      arcs.push(residual.memberOf(node), arc[node], amount);
      left[depth] -= amount;
      sent[depth] += amount;
    }
    if (!isFulfilled) {
      arc[node]++;
    }
  }
}
