package org.attentionflow.tensorflow;

import org.attentionflow.failure.UnusableInputException;

/**
 * One output of one node of a graph, written {@code node:index}; {@code node} alone is its first
 * output.
 *
 * @param node the name of the node
 * @param index which of its outputs, counted from 0
 */
record TensorName(String node, int index) {
  /** The first output of a node. */
  static TensorName of(String node) {
    return new TensorName(node, 0);
  }

  /** Reads a name as graphs write it. */
  static TensorName parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return of(text);
    }
    try {
      int index = Integer.parseInt(text.substring(colon + 1));
      if (index >= 0) {
        return new TensorName(text.substring(0, colon), index);
      }
    } catch (NumberFormatException notANumber) {
      // Refused below, like a negative number.
    }
    throw new UnusableInputException("'" + text + "' is no name of a tensor in a graph.");
  }

  /** Whether an input of a node only says that another node runs first. */
  static boolean isControl(String input) {
    return input.startsWith("^");
  }

  /** The node that a control input names. */
  static String controlled(String input) {
    return input.substring(1);
  }

  @Override
  public String toString() {
    return index == 0 ? node : node + ":" + index;
  }
}
