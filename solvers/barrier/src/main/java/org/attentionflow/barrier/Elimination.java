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
 * (its size times the square of its neighbours' total size), in doubt the first in the order of the
 * groups. An encoder–decoder ends with the encoder's top.
 *
 * <p>A chain of groups is eliminated without fill from both ends: first the half from the source
 * down, then that from the sink up, which do not touch, and at last the group between them.
 */
final class Elimination {
  /** A shorter chain is not worth halving. */
  private static final int LEAST_CHAIN = 5;

  private final int[] order;
  private final int[] position;
  private final List<List<Integer>> later;
  private final int firstEnd;
  private final int secondEnd;

  private Elimination(
      int[] order, int[] position, List<List<Integer>> later, int firstEnd, int secondEnd) {
    this.order = order;
    this.position = position;
    this.later = later;
    this.firstEnd = firstEnd;
    this.secondEnd = secondEnd;
  }

  static Elimination of(FlowNetwork network) {
    int groupCount = network.groups().size();
    List<TreeSet<Integer>> neighbours = neighbours(network);
    List<Integer> remaining = new ArrayList<>(network.groupOrder());
    remaining.remove(Integer.valueOf(network.sink()));
    List<Integer> chain = chain(network, neighbours);
    int middle = chain.isEmpty() ? 0 : middle(network, chain);
    int[] order = new int[remaining.size()];
    int[] position = new int[groupCount];
    List<List<Integer>> later = new ArrayList<>();
    for (int step = 0; step < order.length; step++) {
      int group =
          chain.isEmpty()
              ? cheapest(network, remaining, neighbours)
              : chain.get(step < middle ? step : order.length - 1 - (step - middle));
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
    return new Elimination(order, position, later, middle, chain.isEmpty() ? 0 : order.length - 1);
  }

  /** The steps before this one are the first half of a chain; 0 if it is not halved. */
  int firstEnd() {
    return firstEnd;
  }

  /** The steps from {@link #firstEnd} to this one are the second half: no block joins the two. */
  int secondEnd() {
    return secondEnd;
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

  /** The groups but the super-sink from the source on, if they form a chain long enough. */
  private static List<Integer> chain(FlowNetwork network, List<TreeSet<Integer>> neighbours) {
    List<Integer> chain = new ArrayList<>();
    int before = network.sink();
    int group = network.source();
    while (group >= 0) {
      chain.add(group);
      List<Integer> next = new ArrayList<>(neighbours.get(group));
      next.removeAll(List.of(before, network.sink()));
      if (next.size() > 1) {
        return List.of();
      }
      before = group;
      group = next.isEmpty() ? -1 : next.get(0);
    }
    boolean isWhole = chain.size() == network.groups().size() - 1;
    return isWhole && chain.size() >= LEAST_CHAIN ? chain : List.of();
  }

  /** Where to cut a chain so that the larger half costs least. */
  private static int middle(FlowNetwork network, List<Integer> chain) {
    double[] costBefore = new double[chain.size() + 1];
    for (int i = 0; i < chain.size(); i++) {
      double size = network.groups().get(chain.get(i)).size();
      costBefore[i + 1] = costBefore[i] + size * size * size;
    }
    int best = 1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 1; i + 1 < chain.size(); i++) {
      double larger = Math.max(costBefore[i], costBefore[chain.size()] - costBefore[i + 1]);
      if (larger < least) {
        least = larger;
        best = i;
      }
    }
    return best;
  }
}
