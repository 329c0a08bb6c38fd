package org.attentionflow.formats.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;

/** Which node of a file each token of a network is. */
final class TokenNodes {
  private TokenNodes() {}

  /**
   * The nodes whose terminal arcs the scores are flows of, in the order of the scores. Of an arc
   * that joins source and sink, that is the source.
   *
   * @param number from a group and the place in it to the number in the file
   */
  static List<Integer> of(FlowNetwork network, IntBinaryOperator number) {
    List<Integer> nodes = new ArrayList<>();
    for (int block : network.tokenBlocks()) {
      ArcBlock arcs = network.blocks().get(block);
      boolean leavesSource = arcs.tail() == network.source() && arcs.head() != network.sink();
      int group = leavesSource ? arcs.head() : arcs.tail();
      for (int member = 0; member < network.groups().get(group).size(); member++) {
        nodes.add(number.applyAsInt(group, member));
      }
    }
    return nodes;
  }
}
