package org.attentionflow.network;

import java.util.List;

/**
 * A directed network of node groups joined by arc blocks, without cycles between the groups, from a
 * super-source to a super-sink. An encoder is a chain of groups; a decoder is a chain with
 * triangular blocks; an encoder–decoder branches.
 *
 * <p>Arcs at the super-source or super-sink are terminal arcs; all others carry information, and
 * {@link #largestCapacity} speaks of those alone. The return arc super-sink → super-source, which
 * makes the flow a circulation, is not a block: only its capacity is kept.
 *
 * @param groups the groups; a block names them by index
 * @param blocks the arcs
 * @param source the index of the super-source, a group of one node that no arc enters
 * @param sink the index of the super-sink, a group of one node that no arc leaves
 * @param tokenBlocks the terminal blocks whose arcs carry the scores of the tokens, in the order of
 *     the tokens (input first, then the decoder's)
 * @param largestCapacity the largest capacity of an arc that is not terminal, before pruning: what
 *     a relative barrier parameter refers to; 0 if all are zero
 * @param returnCapacity the capacity of the return arc: the sum of all capacities, terminal ones
 *     included, before pruning
 * @param scale the factor γ by which the capacities were multiplied; 1 unless asked for
 */
public record FlowNetwork(
    List<NodeGroup> groups,
    List<ArcBlock> blocks,
    int source,
    int sink,
    List<Integer> tokenBlocks,
    double largestCapacity,
    double returnCapacity,
    double scale) {

  /** Copies the lists and checks that groups and blocks fit together. */
  public FlowNetwork {
    groups = List.copyOf(groups);
    blocks = List.copyOf(blocks);
    tokenBlocks = List.copyOf(tokenBlocks);
    if (groups.get(source).size() > 1 || groups.get(sink).size() > 1 || source == sink) {
      throw new IllegalArgumentException("Super-source and super-sink are groups of one node.");
    }
    for (ArcBlock block : blocks) {
      checkSizes(groups, block);
      if (block.head() == source || block.tail() == sink) {
        throw new IllegalArgumentException(
            "No arc may enter the super-source or leave the super-sink.");
      }
    }
    TopologicalOrder.of(groups.size(), blocks);
  }

  /**
   * Makes a network from its groups and blocks, with capacities as they are: the largest capacity
   * and the return capacity follow from the blocks.
   */
  public static FlowNetwork of(
      List<NodeGroup> groups,
      List<ArcBlock> blocks,
      int source,
      int sink,
      List<Integer> tokenBlocks) {
    double largest = 0;
    double sum = 0;
    for (ArcBlock block : blocks) {
      boolean terminal = block.tail() == source || block.head() == sink;
      for (double capacity : block.capacity().values()) {
        sum += capacity;
        largest = terminal ? largest : Math.max(largest, capacity);
      }
    }
    return new FlowNetwork(groups, blocks, source, sink, tokenBlocks, largest, sum, 1);
  }

  /** The same network with another return capacity. */
  public FlowNetwork withReturnCapacity(double capacity) {
    return new FlowNetwork(
        groups, blocks, source, sink, tokenBlocks, largestCapacity, capacity, scale);
  }

  /** The number of nodes, super-source and super-sink included. */
  public int nodeCount() {
    return groups.stream().mapToInt(NodeGroup::size).sum();
  }

  /** The number of arcs: capacities above zero, terminal arcs included, the return arc not. */
  public long arcCount() {
    long count = 0;
    for (ArcBlock block : blocks) {
      for (double capacity : block.capacity().values()) {
        count += capacity > 0 ? 1 : 0;
      }
    }
    return count;
  }

  /** Whether a block joins the super-source or the super-sink to the rest. */
  public boolean isTerminal(ArcBlock block) {
    return block.tail() == source || block.head() == sink;
  }

  /** The number of tokens that receive a score. */
  public int tokenCount() {
    return tokenBlocks.stream().mapToInt(b -> blocks.get(b).capacity().values().length).sum();
  }

  /** The indices of the groups in an order in which every arc leads to a later group. */
  public List<Integer> topologicalOrder() {
    return TopologicalOrder.of(groups.size(), blocks);
  }

  private static void checkSizes(List<NodeGroup> groups, ArcBlock block) {
    int tails = groups.get(block.tail()).size();
    int heads = groups.get(block.head()).size();
    boolean fits =
        block.shape() == ArcBlock.Shape.DENSE
            ? block.capacity().rowCount() == tails && block.capacity().columnCount() == heads
            : tails == heads && block.capacity().values().length == tails;
    if (!fits) {
      throw new IllegalArgumentException(
          "The block from group "
              + block.tail()
              + " ("
              + tails
              + " nodes) to group "
              + block.head()
              + " ("
              + heads
              + " nodes) has capacities "
              + block.capacity().rowCount()
              + " x "
              + block.capacity().columnCount()
              + ".");
    }
  }
}
