package org.attentionflow.tensorflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.attentionflow.failure.UnusableInputException;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * The signatures of operations: those that TensorFlow has, and the functions of a graph, which can
 * be called like operations. They say how many tensors stand behind a named output.
 */
final class OperationRegistry {
  private static final int MOST_OUTPUTS = 1 << 20;

  private final Map<String, OpDef> definitions = new HashMap<>();

  /**
   * Joins the two.
   *
   * @param known the operations of the native library
   */
  OperationRegistry(List<OpDef> known, List<FunctionDef> functions) {
    known.forEach(operation -> definitions.put(operation.getName(), operation));
    functions.forEach(
        function -> definitions.put(function.getSignature().getName(), function.getSignature()));
  }

  /** The signature of an operation, if it is known. */
  Optional<OpDef> find(String operation) {
    return Optional.ofNullable(definitions.get(operation));
  }

  /** The index of an element of a named output among all outputs of a node. */
  int outputIndex(NodeDef node, String output, int element) {
    int from = 0;
    for (OpDef.ArgDef argument : definition(node).getOutputArgList()) {
      if (argument.getName().equals(output)) {
        return from + element;
      }
      from += count(argument, node.getAttrMap(), node.getName());
    }
    throw new UnusableInputException(
        ("The operation " + node.getOp() + " of " + node.getName() + " has no output " + output)
            + ". Maybe the graph was written by a newer TensorFlow.");
  }

  /** How many tensors an argument stands for, given the attributes of its node. */
  static int count(OpDef.ArgDef argument, Map<String, AttrValue> attributes, String node) {
    long count = 1;
    if (!argument.getNumberAttr().isEmpty()) {
      count = attribute(attributes, argument.getNumberAttr(), node).getI();
    } else if (!argument.getTypeListAttr().isEmpty()) {
      count = attribute(attributes, argument.getTypeListAttr(), node).getList().getTypeCount();
    }
    if (count < 0 || count > MOST_OUTPUTS) {
      throw new UnusableInputException(
          "The node " + node + " claims " + count + " tensors for " + argument.getName() + ".");
    }
    return (int) count;
  }

  private static AttrValue attribute(Map<String, AttrValue> values, String name, String node) {
    @Nullable AttrValue value = values.get(name);
    if (value == null) {
      throw new UnusableInputException("The node " + node + " lacks the attribute " + name + ".");
    }
    return value;
  }

  private OpDef definition(NodeDef node) {
    return find(node.getOp())
        .orElseThrow(
            () ->
                new UnusableInputException(
                    ("The operation " + node.getOp() + " of the node " + node.getName())
                        + " is unknown to this TensorFlow."));
  }
}
