package org.attentionflow.network;

/**
 * How a network is built from an information tensor.
 *
 * @param terminalCapacity the capacity of the terminal arcs
 * @param scale whether the capacities are scaled
 * @param sources which tokens of the top layer are joined to the terminal
 */
public record NetworkSettings(
    TerminalCapacity terminalCapacity, CapacityScale scale, Sources sources) {
  /** Open terminals, no scaling, all tokens. */
  public static NetworkSettings defaults() {
    return new NetworkSettings(TerminalCapacity.OPEN, CapacityScale.NONE, Sources.all());
  }
}
