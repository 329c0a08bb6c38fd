package org.attentionflow.dual;

import java.util.Arrays;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeIndex;

/** The least number of arcs from the super-source to each node of a pruned network. */
final class NodeLevels {
  private static final int UNKNOWN = -1;

  private final FlowNetwork network;
  private final NodeIndex index;
  private final int[] level;
  private final int[] queue;
  private int queued;

  private NodeLevels(FlowNetwork network) {
    this.network = network;
    index = NodeIndex.of(network);
    level = new int[index.nodeCount()];
    queue = new int[level.length];
    Arrays.fill(level, UNKNOWN);
  }

  /**
   * The levels, [group][node]: 0 at the super-source; none but the super-sink is as far away as the
   * super-sink, and those that would be count as one nearer.
   */
  static int[][] of(FlowNetwork network) {
    NodeLevels levels = new NodeLevels(network);
    levels.search();
    int last = levels.level[levels.index.first(network.sink())];
    int[][] result = new int[network.groups().size()][];
    for (int group = 0; group < result.length; group++) {
      int first = levels.index.first(group);
      result[group] = new int[network.groups().get(group).size()];
      for (int i = 0; i < result[group].length; i++) {
        result[group][i] =
            group == network.sink() ? last : Math.min(levels.level[first + i], last - 1);
      }
    }
    return result;
  }

  private void search() {
    int[] groupOf = new int[level.length];
    for (int group = 0; group < network.groups().size(); group++) {
      int first = index.first(group);
      Arrays.fill(groupOf, first, first + network.groups().get(group).size(), group);
    }
    int source = index.first(network.source());
    level[source] = 0;
    queue[queued++] = source;
    for (int next = 0; next < queued; next++) {
      int group = groupOf[queue[next]];
      int member = queue[next] - index.first(group);
      for (ArcBlock block : network.blocks()) {
        if (block.tail() == group) {
          reach(block, member, level[queue[next]] + 1);
        }
      }
    }
  }

  private void reach(ArcBlock block, int member, int at) {
    int count = block.leavingCount(member);
    for (int k = 0; k < count; k++) {
      int arc = block.leaving(member, k);
      int head = index.first(block.head()) + block.headNode(arc);
      if (level[head] == UNKNOWN && block.capacity().get(arc) > 0) {
        level[head] = at;
        queue[queued++] = head;
      }
    }
  }
}
