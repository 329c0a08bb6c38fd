package org.attentionflow.formats.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeIndex;

/**
 * The numbers that a file gives the nodes of a network. Those of a DIMACS file go from 1 to the
 * number of its nodes, of which the network may have only some.
 */
public final class NodeNumbers {
  /** Of a file that does not number nodes. */
  public static final NodeNumbers NONE = new NodeNumbers((group, member) -> 0, 0);

  private final IntBinaryOperator number;
  private final int most;

  private NodeNumbers(IntBinaryOperator number, int most) {
    this.number = number;
    this.most = most;
  }

  /**
   * Numbers by group and place in it.
   *
   * @param most the number of nodes of the file, which no number exceeds; positive
   */
  static NodeNumbers of(int[][] numbers, int most) {
    return new NodeNumbers((group, member) -> numbers[group][member], most);
  }

  /** The numbers of {@link NodeIndex} plus 1: those of a file that is written without others. */
  static NodeNumbers of(NodeIndex index) {
    return new NodeNumbers(
        (group, member) -> index.node(group, member) + 1, Math.max(1, index.nodeCount()));
  }

  /** Whether the file does not number nodes. */
  public boolean isEmpty() {
    return most == 0;
  }

  /** The number of nodes of the file; 0 if it does not number them. */
  public int most() {
    return most;
  }

  /** The number of the node at a place of a group; 0 if the file does not number nodes. */
  public int number(int group, int member) {
    return number.applyAsInt(group, member);
  }

  /** Whether these are the numbers that a network has {@link #of(NodeIndex) without a file's}. */
  boolean areThoseOf(NodeIndex index, FlowNetwork network) {
    boolean areSame = most == index.nodeCount();
    for (int group = 0; group < network.groups().size() && areSame; group++) {
      for (int member = 0; member < network.groups().get(group).size() && areSame; member++) {
        areSame = number(group, member) == index.node(group, member) + 1;
      }
    }
    return areSame;
  }

  /**
   * The nodes whose terminal arcs the scores are flows of, in the order of the scores; empty if the
   * file does not number nodes. Of an arc that joins source and sink, that is the source.
   */
  List<Integer> ofTokens(FlowNetwork network) {
    List<Integer> nodes = new ArrayList<>();
    if (isEmpty()) {
      return nodes;
    }
    for (int block : network.tokenBlocks()) {
      ArcBlock arcs = network.blocks().get(block);
      boolean leavesSource = arcs.tail() == network.source() && arcs.head() != network.sink();
      int group = leavesSource ? arcs.head() : arcs.tail();
      for (int member = 0; member < network.groups().get(group).size(); member++) {
        nodes.add(number(group, member));
      }
    }
    return nodes;
  }
}
