package org.attentionflow.barrier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeGroup;
import org.junit.jupiter.api.Test;

class SolveBytesTest {
  /** Super-source, two groups of 30 nodes, super-sink. */
  @Test
  void countsTheFactor() {
    List<NodeGroup> groups =
        List.of(
            new NodeGroup("super-source", 1),
            new NodeGroup("top", 30),
            new NodeGroup("input", 30),
            new NodeGroup("super-sink", 1));
    List<ArcBlock> blocks =
        List.of(
            ArcBlock.uniform(0, 1, 1, 30, 1),
            ArcBlock.uniform(1, 2, 30, 30, 1),
            ArcBlock.uniform(2, 3, 30, 1, 1));
    FlowNetwork network = FlowNetwork.of(groups, blocks, 0, 3, List.of(2));
    // Triangles of the source and both groups and the blocks between them; two numbers for each
    // row.
    long entries = 1 + 30 + 900 + 900 + 900;
    long rows = 1 + 30 + 30;
    assertEquals(
        entries * Float.BYTES + 2 * rows * Double.BYTES,
        new BarrierFlowSolver().solveBytes(network));
  }
}
