package org.attentionflow.formats.network;

import java.util.List;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeGroup;
import org.attentionflow.tensor.Matrix;

/**
 * A sparse graph as a network of groups and blocks.
 *
 * @param network the network
 * @param numbers by group and place in it, the number of a node in the file
 */
record GroupedGraph(FlowNetwork network, int[][] numbers) {
  /**
   * Groups the nodes of a graph by their depth where they have one and the blocks are not too many
   * and too small, and otherwise by colours.
   *
   * @param sum the sum of all capacities of the file, which the return arc gets
   * @throws org.attentionflow.failure.UnusableInputException if that takes too many groups
   */
  static GroupedGraph of(String file, SparseGraph graph, double sum) {
    if (!graph.isOnTheWay(graph.source())) {
      return withoutPath(graph, sum);
    }
    int[] depth = graph.depths();
    return DepthGroups.areFit(graph, depth)
        ? DepthGroups.of(graph, depth, sum)
        : ColorGroups.of(file, graph, sum);
  }

  private static GroupedGraph withoutPath(SparseGraph graph, double sum) {
    List<NodeGroup> groups =
        List.of(new NodeGroup("super-sink", 1), new NodeGroup("super-source", 1));
    ArcBlock nothing = ArcBlock.dense(1, 0, Matrix.of(1, 1, new double[1]));
    FlowNetwork network =
        FlowNetwork.of(groups, List.of(nothing), 1, 0, List.of(0)).withReturnCapacity(sum);
    return new GroupedGraph(
        network, new int[][] {{graph.number(graph.sink())}, {graph.number(graph.source())}});
  }
}
