package org.attentionflow.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The groups of a network in an order in which every arc leads to a later group.
 *
 * @param groups the order; among groups that are free to come next the one with the smallest index
 *     does, and if none is, of those with arcs that leave them the one with the smallest index
 * @param isComplete whether one was free at every step: the groups form no cycle
 */
record TopologicalOrder(List<Integer> groups, boolean isComplete) {
  static TopologicalOrder of(int groupCount, List<ArcBlock> blocks) {
    int[] entering = new int[groupCount];
    blocks.forEach(block -> entering[block.head()]++);
    boolean[] leaves = new boolean[groupCount];
    blocks.forEach(block -> leaves[block.tail()] = true);
    List<Integer> order = new ArrayList<>();
    boolean[] done = new boolean[groupCount];
    boolean isComplete = true;
    for (int round = 0; round < groupCount; round++) {
      int next = 0;
      int left = -1;
      while (next < groupCount && (done[next] || entering[next] > 0)) {
        left = left < 0 && !done[next] && leaves[next] ? next : left;
        next++;
      }
      if (next == groupCount) {
        isComplete = false;
        next = left;
      }
      done[next] = true;
      order.add(next);
      for (ArcBlock block : blocks) {
        entering[block.head()] -= block.tail() == next ? 1 : 0;
      }
    }
    return new TopologicalOrder(Collections.unmodifiableList(order), isComplete);
  }
}
