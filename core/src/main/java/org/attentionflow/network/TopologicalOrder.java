package org.attentionflow.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Orders the groups of a network so that every arc leads to a later group. */
final class TopologicalOrder {
  private TopologicalOrder() {}

  /**
   * The order; among groups that are free to come next the one with the smallest index does.
   *
   * @throws IllegalArgumentException if the blocks form a cycle
   */
  static List<Integer> of(int groupCount, List<ArcBlock> blocks) {
    int[] entering = new int[groupCount];
    blocks.forEach(block -> entering[block.head()]++);
    List<Integer> order = new ArrayList<>();
    boolean[] done = new boolean[groupCount];
    for (int round = 0; round < groupCount; round++) {
      int next = 0;
      while (next < groupCount && (done[next] || entering[next] > 0)) {
        next++;
      }
      if (next == groupCount) {
        throw new IllegalArgumentException("The arc blocks form a cycle of groups.");
      }
      done[next] = true;
      order.add(next);
      for (ArcBlock block : blocks) {
        entering[block.head()] -= block.tail() == next ? 1 : 0;
      }
    }
    return Collections.unmodifiableList(order);
  }
}
