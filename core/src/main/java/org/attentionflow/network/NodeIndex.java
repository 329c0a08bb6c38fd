package org.attentionflow.network;

import java.util.Arrays;
import java.util.List;

/**
 * Numbers the nodes of a network the way Generalized Attention Flow does: 0 is the super-sink, then
 * come the nodes of every other group in the order of the groups, and the super-source is last. In
 * a plain layer stack of t tokens, 1 + t·j + i is token i of layer j and t(l+1) + 1 the
 * super-source. Nothing else in the code knows this numbering.
 */
public final class NodeIndex {
  private final int[] first;
  private final List<NodeGroup> groups;
  private final int nodeCount;

  private NodeIndex(List<NodeGroup> groups, int[] first, int nodeCount) {
    this.groups = groups;
    this.first = first;
    this.nodeCount = nodeCount;
  }

  /** The numbering of a network's nodes. */
  public static NodeIndex of(FlowNetwork network) {
    List<NodeGroup> groups = network.groups();
    int[] first = new int[groups.size()];
    int next = groups.get(network.sink()).size();
    for (int group = 0; group < first.length; group++) {
      if (group != network.source() && group != network.sink()) {
        first[group] = next;
        next += groups.get(group).size();
      }
    }
    first[network.source()] = next;
    return new NodeIndex(groups, first, next + groups.get(network.source()).size());
  }

  /** The number of a node of a group. */
  public int node(int group, int member) {
    if (member < 0 || member >= groups.get(group).size()) {
      throw new IndexOutOfBoundsException(
          "Group " + group + " has " + groups.get(group).size() + " nodes, not node " + member);
    }
    return first[group] + member;
  }

  /** The number of the first node of a group. */
  public int first(int group) {
    return first[group];
  }

  /** The group of each node, by number: a new array. */
  public int[] groupOf() {
    int[] groupOf = new int[nodeCount];
    for (int group = 0; group < first.length; group++) {
      Arrays.fill(groupOf, first[group], first[group] + groups.get(group).size(), group);
    }
    return groupOf;
  }

  /** The number of nodes. */
  public int nodeCount() {
    return nodeCount;
  }
}
