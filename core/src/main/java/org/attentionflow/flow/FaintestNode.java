package org.attentionflow.flow;

import java.util.Arrays;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;

/** The node of a network whose arcs have the least capacities. */
final class FaintestNode {
  private FaintestNode() {}

  /**
   * The largest capacity of any arc at that node, as a part of the network's largest capacity: the
   * smallest such number of all nodes.
   */
  static double share(FlowNetwork network) {
    double[][] largest = new double[network.groups().size()][];
    Arrays.setAll(largest, group -> new double[network.groups().get(group).size()]);
    for (ArcBlock block : network.blocks()) {
      double[] tails = largest[block.tail()];
      double[] heads = largest[block.head()];
      for (int i = 0; i < block.capacity().size(); i++) {
        double capacity = block.capacity().get(i);
        int tail = block.tailNode(i);
        int head = block.headNode(i);
        tails[tail] = Math.max(tails[tail], capacity);
        heads[head] = Math.max(heads[head], capacity);
      }
    }
    return Arrays.stream(largest).flatMapToDouble(Arrays::stream).min().orElse(0)
        / network.largestCapacity();
  }
}
