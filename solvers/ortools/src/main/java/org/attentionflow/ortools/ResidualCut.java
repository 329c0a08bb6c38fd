package org.attentionflow.ortools;

import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;

/**
 * The minimum cut of a maximum flow in integers: the nodes that the super-source still reaches
 * along arcs that are not full, or against arcs that carry something.
 *
 * <p>No arc that was clipped is ever full, so none is cut. A cut arc lost less than one unit by
 * rounding, and only if its capacity is no whole number of units. Since the cut's integer
 * capacities add up to the value of the flow, and the maximum flow for the true capacities is at
 * most their sum, it exceeds the value by at most one unit per rounded arc of the cut. Arcs rounded
 * to zero are full, and counted.
 */
final class ResidualCut {
  private final FlowNetwork network;
  private final IntegerCapacities capacities;
  private final long[][] flow;
  private final boolean[] isReached;
  private final int[] queue;
  private int queued;

  private ResidualCut(FlowNetwork network, IntegerCapacities capacities, long[][] flow) {
    this.network = network;
    this.capacities = capacities;
    this.flow = flow;
    this.isReached = new boolean[capacities.index().nodeCount()];
    this.queue = new int[isReached.length];
  }

  static ResidualCut of(FlowNetwork network, IntegerCapacities capacities, long[][] flow) {
    ResidualCut cut = new ResidualCut(network, capacities, flow);
    cut.reach(capacities.index().first(network.source()));
    for (int next = 0; next < cut.queued; next++) {
      cut.expand(cut.queue[next]);
    }
    return cut;
  }

  /** [group][member]: 1 on the side of the super-source, 0 on the other. */
  double[][] potentials() {
    double[][] potentials = new double[network.groups().size()][];
    for (int group = 0; group < potentials.length; group++) {
      potentials[group] = new double[network.groups().get(group).size()];
      for (int member = 0; member < potentials[group].length; member++) {
        int node = capacities.index().first(group) + member;
        potentials[group][member] = isReached[node] ? 1 : 0;
      }
    }
    return potentials;
  }

  /** The number of cut arcs that lost a part of a unit by rounding. */
  long roundedArcs() {
    long count = 0;
    for (ArcBlock block : network.blocks()) {
      for (int arc = 0; arc < block.capacity().size(); arc++) {
        boolean isCut =
            isReached[capacities.tail(block, arc)] && !isReached[capacities.head(block, arc)];
        count += isCut && capacities.isRounded(block, arc) ? 1 : 0;
      }
    }
    return count;
  }

  private void reach(int node) {
    if (!isReached[node]) {
      isReached[node] = true;
      queue[queued++] = node;
    }
  }

  private void expand(int node) {
    for (int number = 0; number < flow.length; number++) {
      ArcBlock block = network.blocks().get(number);
      int member = node - capacities.index().first(block.tail());
      if (member >= 0 && member < network.groups().get(block.tail()).size()) {
        expandForwards(block, flow[number], member);
      }
      member = node - capacities.index().first(block.head());
      if (member >= 0 && member < network.groups().get(block.head()).size()) {
        expandBackwards(block, flow[number], member);
      }
    }
  }

  private void expandForwards(ArcBlock block, long[] carried, int tail) {
    int count = block.leavingCount(tail);
    for (int k = 0; k < count; k++) {
      int arc = block.leaving(tail, k);
      boolean isFull =
          carried[arc] == capacities.capacity(block, arc) && !capacities.isClipped(block, arc);
      if (!isReached[capacities.head(block, arc)] && !isFull) {
        reach(capacities.head(block, arc));
      }
    }
  }

  private void expandBackwards(ArcBlock block, long[] carried, int head) {
    int count = block.enteringCount(head);
    for (int k = 0; k < count; k++) {
      int arc = block.entering(head, k);
      if (carried[arc] > 0) {
        reach(capacities.tail(block, arc));
      }
    }
  }
}
