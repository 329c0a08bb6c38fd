package org.attentionflow.network;

/**
 * A set of nodes of a flow network that are treated alike: the tokens at one depth, or the single
 * super-source or super-sink.
 *
 * @param name what the group stands for, for example {@code layer 3}
 * @param size the number of nodes
 */
public record NodeGroup(String name, int size) {
  /** Checks the size. */
  public NodeGroup {
    if (size < 0) {
      throw new IllegalArgumentException("Group " + name + " has " + size + " nodes.");
    }
  }
}
