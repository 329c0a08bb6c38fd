package org.attentionflow.formats.network;

import java.util.OptionalDouble;
import org.attentionflow.network.FlowNetwork;

/**
 * A flow network from a file, with the barrier parameter the file suggests.
 *
 * @param name the name the file gives the network, or else the name of the file
 * @param network the network, not pruned
 * @param barrierParameter μ, absolute, in the unit of the capacities; positive if present
 * @param relativeBarrierParameter μ relative to the largest capacity; positive if present
 */
public record StoredNetwork(
    String name,
    FlowNetwork network,
    OptionalDouble barrierParameter,
    OptionalDouble relativeBarrierParameter) {}
