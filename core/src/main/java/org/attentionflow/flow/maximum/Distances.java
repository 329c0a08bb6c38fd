package org.attentionflow.flow.maximum;

import java.util.Arrays;
import org.attentionflow.network.FlowNetwork;

/**
 * The number of residual arcs on a shortest path from each node to a destination. In dense blocks
 * nearly every look at an arc finds a new node, because only neighbours not yet reached are looked
 * at; so it takes far less time than there are arcs.
 */
final class Distances {
  private static final int UNKNOWN = -1;

  private final ResidualNetwork residual;
  private final int[] distance;
  private final int[] queue;
  private int queued;

  /** Per group the members that may not be reached yet. */
  private final int[][] open;

  private final int[] openCount;

  private Distances(ResidualNetwork residual) {
    FlowNetwork network = residual.network();
    this.residual = residual;
    this.distance = new int[residual.index().nodeCount()];
    this.queue = new int[distance.length];
    this.open = new int[network.groups().size()][];
    this.openCount = new int[open.length];
    Arrays.fill(distance, UNKNOWN);
    for (int group = 0; group < open.length; group++) {
      openCount[group] = network.groups().get(group).size();
      open[group] = new int[openCount[group]];
      Arrays.setAll(open[group], i -> i);
    }
  }

  /**
   * Measures from the destination backwards, until a given node is reached. Then every node that is
   * nearer than it has its distance; if it is not reached, every node that reaches the destination.
   */
  static Distances of(ResidualNetwork residual, int to, int end) {
    Distances distances = new Distances(residual);
    distances.reach(to, 0);
    for (int i = 0; i < distances.queued && !distances.isReached(end); i++) {
      distances.expand(distances.queue[i]);
    }
    return distances;
  }

  /** Whether a node has a distance. */
  boolean isReached(int node) {
    return distance[node] != UNKNOWN;
  }

  /** Per node the distance; negative where it is not known. The array itself. */
  int[] values() {
    return distance;
  }

  private void expand(int node) {
    int member = residual.memberOf(node);
    int next = distance[node] + 1;
    for (ResidualSide side : residual.sidesOf(node)) {
      if (side.isDense()) {
        expand(side, member, next);
      } else {
        expandListed(side, member, next);
      }
    }
  }

  private void expandListed(ResidualSide side, int member, int next) {
    int count = side.count(member);
    for (int k = 0; k < count; k++) {
      int node = side.node(member, k);
      if (!isReached(node) && side.inward(member, k) > 0) {
        reach(node, next);
      }
    }
  }

  private void expand(ResidualSide side, int member, int next) {
    int[] candidates = open[side.group()];
    int kept = 0;
    for (int i = 0; i < openCount[side.group()]; i++) {
      int neighbour = candidates[i];
      if (!isReached(side.first() + neighbour)) {
        if (side.inward(member, neighbour) > 0) {
          reach(side.first() + neighbour, next);
        } else {
          candidates[kept++] = neighbour;
        }
      }
    }
    openCount[side.group()] = kept;
  }

  private void reach(int node, int at) {
    distance[node] = at;
    queue[queued++] = node;
  }
}
