package org.attentionflow.tensorflow;

import java.util.List;
import java.util.Optional;
import org.tensorflow.proto.NodeDef;

/**
 * The equation of an Einsum of two tensors, for example {@code acbe,aecd->abcd}.
 *
 * @param operands the letters of the operands
 * @param result the letters of the result
 */
record EinsumEquation(List<String> operands, String result) {
  /** The equation of a node; empty if it is not one of two operands with a result. */
  static Optional<EinsumEquation> of(NodeDef node) {
    if (!node.getAttrMap().containsKey("equation")) {
      return Optional.empty();
    }
    String equation = node.getAttrMap().get("equation").getS().toStringUtf8().replaceAll("\\s", "");
    String[] sides = equation.split("->", -1);
    String[] operands = sides[0].split(",", -1);
    return sides.length == 2 && operands.length == 2
        ? Optional.of(new EinsumEquation(List.of(operands), sides[1]))
        : Optional.empty();
  }

  /** Whether an operand's last axis is summed over against the other operand. */
  boolean contractsLastAxisOf(int operand) {
    String letters = operands.get(operand);
    if (letters.isEmpty()) {
      return false;
    }
    String last = letters.substring(letters.length() - 1);
    return !result.contains(last) && operands.get(1 - operand).contains(last);
  }
}
