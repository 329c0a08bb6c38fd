package org.attentionflow.network;

import java.util.List;
import org.attentionflow.tensor.Precision;
import org.attentionflow.tensor.Rounding;

/**
 * A directed network of node groups joined by arc blocks, from a super-source to a super-sink. No
 * arc joins two nodes of a group. An encoder is a chain of groups; a decoder is a chain with
 * triangular blocks; an encoder–decoder branches. In those every arc leads on; the groups of a
 * sparse graph from elsewhere may form cycles.
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
      boolean isTerminal = block.tail() == source || block.head() == sink;
      if (isTerminal && block.shape() == ArcBlock.Shape.LISTED) {
        throw new IllegalArgumentException("Terminal arcs cannot be listed.");
      }
      if (block.head() == block.tail()) {
        throw new IllegalArgumentException("No arc may join two nodes of a group.");
      }
    }
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
      for (int i = 0; i < block.capacity().size(); i++) {
        double capacity = block.capacity().get(i);
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

  /**
   * The same network with capacities in 32 bits, or the network itself if that is what is asked for
   * already. It is a network of its own: what is solved and certified is the rounded one.
   *
   * @throws org.attentionflow.failure.UnusableInputException if a capacity is too large for 32 bits
   */
  public FlowNetwork in(Precision precision) {
    if (precision().bytes() <= precision.bytes()) {
      return this;
    }
    List<ArcBlock> rounded =
        blocks.stream().map(block -> block.with(block.capacity().in(precision))).toList();
    // Rounding keeps the order, so that the largest capacity is still the largest.
    return new FlowNetwork(
        groups, rounded, source, sink, tokenBlocks, (float) largestCapacity, returnCapacity, scale);
  }

  /** FLOAT if every block keeps its capacities in 32 bits, otherwise DOUBLE. */
  public Precision precision() {
    boolean isNarrow =
        blocks.stream().allMatch(block -> block.capacity().precision() == Precision.FLOAT);
    return isNarrow ? Precision.FLOAT : Precision.DOUBLE;
  }

  /**
   * What the capacities lost by rounding to 32 bits. The capacity of every cut, and so the maximum
   * flow, changes by at most the relative part of itself, plus the absolute part.
   */
  public Rounding rounding() {
    return blocks.stream()
        .map(block -> block.capacity().rounding())
        .reduce(Rounding.NONE, Rounding::and);
  }

  /** The bytes of the capacities, those of arcs that are not there included. */
  public long capacityBytes() {
    return capacityBytes(Precision.DOUBLE);
  }

  /** The bytes that the capacities would take {@link #in in another precision}. */
  public long capacityBytes(Precision precision) {
    return blocks.stream().mapToLong(block -> block.capacityBytes(precision)).sum();
  }

  /** The bytes of the lists of arcs. */
  public long listBytes() {
    return blocks.stream().mapToLong(block -> block.ends().bytes()).sum();
  }

  /** The number of nodes, super-source and super-sink included. */
  public int nodeCount() {
    return groups.stream().mapToInt(NodeGroup::size).sum();
  }

  /** The number of arcs: capacities above zero, terminal arcs included, the return arc not. */
  public long arcCount() {
    long count = 0;
    for (ArcBlock block : blocks) {
      for (int i = 0; i < block.capacity().size(); i++) {
        count += block.capacity().get(i) > 0 ? 1 : 0;
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
    return tokenBlocks.stream().mapToInt(b -> blocks.get(b).capacity().size()).sum();
  }

  /**
   * The indices of the groups in an order in which every arc leads to a later group; where groups
   * form cycles, in one that breaks them.
   */
  public List<Integer> groupOrder() {
    return TopologicalOrder.of(groups.size(), blocks).groups();
  }

  /** Whether every arc leads to a later group of {@link #groupOrder}. */
  public boolean isAcyclic() {
    return TopologicalOrder.of(groups.size(), blocks).isComplete();
  }

  private static void checkSizes(List<NodeGroup> groups, ArcBlock block) {
    int tails = groups.get(block.tail()).size();
    int heads = groups.get(block.head()).size();
    boolean fits =
        switch (block.shape()) {
          case DENSE ->
              block.capacity().rowCount() == tails && block.capacity().columnCount() == heads;
          case DIAGONAL -> tails == heads && block.capacity().size() == tails;
          case LISTED ->
              block.ends().tailCount() == tails
                  && block.ends().headCount() == heads
                  && block.capacity().rowCount() == block.ends().rowCount()
                  && block.capacity().columnCount() == block.ends().rowLength();
        };
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
