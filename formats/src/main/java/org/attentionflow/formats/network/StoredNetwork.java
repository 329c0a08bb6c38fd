package org.attentionflow.formats.network;

import java.util.List;
import java.util.OptionalDouble;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.tensor.Precision;

/**
 * A flow network from a file, with the barrier parameter the file suggests.
 *
 * @param name the name the file gives the network, or else the name of the file
 * @param network the network, not pruned
 * @param barrierParameter μ, absolute, in the unit of the capacities; positive if present
 * @param relativeBarrierParameter μ relative to the largest capacity; positive if present
 * @param tokenNodes per token, in their order, the number that the file gives its node; empty if
 *     the file does not number nodes
 */
public record StoredNetwork(
    String name,
    FlowNetwork network,
    OptionalDouble barrierParameter,
    OptionalDouble relativeBarrierParameter,
    List<Integer> tokenNodes) {
  /** Copies the numbers. */
  public StoredNetwork {
    tokenNodes = List.copyOf(tokenNodes);
  }

  /** A network of a file that does not number nodes. */
  public StoredNetwork(
      String name,
      FlowNetwork network,
      OptionalDouble barrierParameter,
      OptionalDouble relativeBarrierParameter) {
    this(name, network, barrierParameter, relativeBarrierParameter, List.of());
  }

  /** The same with its capacities {@link FlowNetwork#in in a precision}. */
  public StoredNetwork in(Precision precision) {
    return new StoredNetwork(
        name, network.in(precision), barrierParameter, relativeBarrierParameter, tokenNodes);
  }
}
