package org.attentionflow.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The groups of a plain layer stack: layer 0 (the input) to l, then super-sink and super-source.
 */
final class LayerGroups {
  private LayerGroups() {}

  static List<NodeGroup> of(int layerCount, int tokenCount) {
    List<NodeGroup> groups = new ArrayList<>();
    for (int layer = 0; layer <= layerCount; layer++) {
      groups.add(new NodeGroup(layer == 0 ? "input" : "layer " + layer, tokenCount));
    }
    groups.add(new NodeGroup("super-sink", 1));
    groups.add(new NodeGroup("super-source", 1));
    return groups;
  }

  static FlowNetwork network(
      List<NodeGroup> groups,
      List<ArcBlock> blocks,
      int source,
      int sink,
      int tokenBlock,
      double scale) {
    FlowNetwork network = FlowNetwork.of(groups, blocks, source, sink, List.of(tokenBlock));
    return new FlowNetwork(
        groups,
        blocks,
        source,
        sink,
        network.tokenBlocks(),
        network.largestCapacity(),
        network.returnCapacity(),
        scale);
  }
}
