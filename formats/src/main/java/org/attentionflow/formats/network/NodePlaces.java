package org.attentionflow.formats.network;

import java.util.Arrays;
import java.util.List;
import org.attentionflow.network.NodeGroup;
import org.attentionflow.network.NodeIndex;

/** Where in its group the node of a number is: the way back from {@link NodeNumbers}. */
@FunctionalInterface
interface NodePlaces {
  /** The place in a group of the node with a number; −1 if the group has no such node. */
  int member(int group, int number);

  /** Nodes that have the numbers of {@link NodeIndex} plus 1. */
  static NodePlaces of(NodeIndex index, List<NodeGroup> groups) {
    return (group, number) -> {
      int member = number - 1 - index.first(group);
      return member >= 0 && member < groups.get(group).size() ? member : -1;
    };
  }

  /**
   * Nodes that have numbers of their own, by group and place.
   *
   * @throws IllegalArgumentException if two have the same
   */
  static NodePlaces of(int[][] numbers) {
    int[] first = new int[numbers.length + 1];
    for (int group = 0; group < numbers.length; group++) {
      first[group + 1] = first[group] + numbers[group].length;
    }
    // The number of a node above, its position among all below.
    long[] sorted = new long[first[numbers.length]];
    for (int group = 0; group < numbers.length; group++) {
      for (int member = 0; member < numbers[group].length; member++) {
        int at = first[group] + member;
        sorted[at] = ((long) numbers[group][member] << Integer.SIZE) | at;
      }
    }
    Arrays.sort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] >> Integer.SIZE == sorted[i - 1] >> Integer.SIZE) {
        throw new IllegalArgumentException("Two nodes have the same number.");
      }
    }
    return (group, number) -> {
      int at = Arrays.binarySearch(sorted, (long) number << Integer.SIZE);
      int next = at < 0 ? -at - 1 : at;
      boolean isThere = next < sorted.length && sorted[next] >> Integer.SIZE == number;
      int member = isThere ? (int) sorted[next] - first[group] : -1;
      return member >= 0 && member < numbers[group].length ? member : -1;
    };
  }
}
