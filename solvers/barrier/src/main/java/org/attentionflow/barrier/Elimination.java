package org.attentionflow.barrier;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;

/**
 * In which order the groups are eliminated, and which blocks the factor has. The super-sink stays
 * to the end and is never eliminated. Greedy: next comes the group whose elimination costs least
 * (its size times the square of its neighbours' total size), in doubt the first in topological
 * order. A chain is eliminated from the source down without fill; an encoder–decoder ends with the
 * encoder's top.
 */
final class Elimination {
  private final int[] order;
  private final int[] position;
  private final List<List<Integer>> later;

  private Elimination(int[] order, int[] position, List<List<Integer>> later) {
    this.order = order;
    this.position = position;
    this.later = later;
  }

  static Elimination of(FlowNetwork network) {
    int groupCount = network.groups().size();
    List<TreeSet<Integer>> neighbours = neighbours(network);
    List<Integer> remaining = new ArrayList<>(network.topologicalOrder());
    remaining.remove(Integer.valueOf(network.sink()));
    int[] order = new int[remaining.size()];
    int[] position = new int[groupCount];
    List<List<Integer>> later = new ArrayList<>();
    for (int step = 0; step < order.length; step++) {
      int group = cheapest(network, remaining, neighbours);
      remaining.remove(Integer.valueOf(group));
      order[step] = group;
      position[group] = step;
      later.add(List.copyOf(neighbours.get(group)));
      for (int neighbour : neighbours.get(group)) {
        neighbours.get(neighbour).addAll(neighbours.get(group));
        neighbours.get(neighbour).remove(neighbour);
        neighbours.get(neighbour).remove(group);
      }
    }
    position[network.sink()] = order.length;
    later.replaceAll(
        list -> list.stream().sorted(Comparator.comparing(group -> position[group])).toList());
    return new Elimination(order, position, later);
  }

  /** The number of groups that are eliminated. */
  int stepCount() {
    return order.length;
  }

  /** The group that is eliminated at a step. */
  int group(int step) {
    return order[step];
  }

  /** The step at which a group is eliminated. */
  int step(int group) {
    return position[group];
  }

  /** The later groups that share a block with the group of a step, in the order of elimination. */
  List<Integer> later(int step) {
    return later.get(step);
  }

  private static List<TreeSet<Integer>> neighbours(FlowNetwork network) {
    List<TreeSet<Integer>> neighbours = new ArrayList<>();
    for (int group = 0; group < network.groups().size(); group++) {
      neighbours.add(new TreeSet<>());
    }
    for (ArcBlock block : network.blocks()) {
      neighbours.get(block.tail()).add(block.head());
      neighbours.get(block.head()).add(block.tail());
    }
    neighbours.get(network.source()).add(network.sink());
    neighbours.get(network.sink()).add(network.source());
    return neighbours;
  }

  private static int cheapest(
      FlowNetwork network, List<Integer> remaining, List<TreeSet<Integer>> neighbours) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int group : remaining) {
      double around = 0;
      for (int neighbour : neighbours.get(group)) {
        around += network.groups().get(neighbour).size();
      }
      double cost = network.groups().get(group).size() * around * around;
      if (cost < least) {
        least = cost;
        best = group;
      }
    }
    return best;
  }
}
