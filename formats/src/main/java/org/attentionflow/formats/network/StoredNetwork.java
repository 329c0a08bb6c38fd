package org.attentionflow.formats.network;

import java.util.List;
import java.util.OptionalDouble;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeIndex;
import org.attentionflow.tensor.Precision;

/**
 * A flow network from a file, with the barrier parameter the file suggests.
 *
 * @param name the name the file gives the network, or else the name of the file
 * @param network the network, not pruned
 * @param barrierParameter μ, absolute, in the unit of the capacities; positive if present
 * @param relativeBarrierParameter μ relative to the largest capacity; positive if present
 * @param nodes the numbers that the file gives the nodes; empty if it does not number them
 */
public record StoredNetwork(
    String name,
    FlowNetwork network,
    OptionalDouble barrierParameter,
    OptionalDouble relativeBarrierParameter,
    NodeNumbers nodes) {
  /** A network of a file that does not number nodes. */
  public StoredNetwork(
      String name,
      FlowNetwork network,
      OptionalDouble barrierParameter,
      OptionalDouble relativeBarrierParameter) {
    this(name, network, barrierParameter, relativeBarrierParameter, NodeNumbers.NONE);
  }

  /**
   * Whether the file gives nodes other numbers than a DIMACS file that is written of the network
   * without them.
   */
  public boolean hasOwnNumbers() {
    return !nodes.isEmpty() && !nodes.areThoseOf(NodeIndex.of(network), network);
  }

  /** The same with its capacities {@link FlowNetwork#in in a precision}. */
  public StoredNetwork in(Precision precision) {
    return new StoredNetwork(
        name, network.in(precision), barrierParameter, relativeBarrierParameter, nodes);
  }

  /**
   * Per token, in their order, the number that the file gives its node, in a new list; empty if the
   * file does not number nodes.
   */
  public List<Integer> tokenNodes() {
    return nodes.ofTokens(network);
  }
}
