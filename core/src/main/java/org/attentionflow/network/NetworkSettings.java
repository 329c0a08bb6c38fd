package org.attentionflow.network;

import org.attentionflow.tensor.Precision;

/**
 * How a network is built from an information tensor.
 *
 * @param terminalCapacity the capacity of the terminal arcs
 * @param scale whether the capacities are scaled
 * @param sources which tokens of the top layer are joined to the terminal
 * @param precision in how many bits the capacities are kept; {@link FlowNetwork#in} sees to it once
 *     a network is built, whatever built it
 */
public record NetworkSettings(
    TerminalCapacity terminalCapacity, CapacityScale scale, Sources sources, Precision precision) {
  /** Settings for capacities in 64 bits. */
  public NetworkSettings(TerminalCapacity terminalCapacity, CapacityScale scale, Sources sources) {
    this(terminalCapacity, scale, sources, Precision.DOUBLE);
  }

  /** Open terminals, no scaling, all tokens, capacities in 64 bits. */
  public static NetworkSettings defaults() {
    return new NetworkSettings(TerminalCapacity.OPEN, CapacityScale.NONE, Sources.all());
  }
}
