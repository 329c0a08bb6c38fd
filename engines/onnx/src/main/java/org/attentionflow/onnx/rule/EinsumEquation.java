package org.attentionflow.onnx.rule;

import java.util.ArrayList;
import java.util.List;
import org.attentionflow.onnx.gradient.NodeGradient;

/**
 * The letters of an einsum.
 *
 * @param operands the letters of each operand, one per axis
 * @param result the letters of the result
 */
record EinsumEquation(List<String> operands, String result) {
  static EinsumEquation parse(NodeGradient node) {
    String equation = node.text("equation", "").replace(" ", "");
    int arrow = equation.indexOf("->");
    if (equation.contains(".") || arrow < 0) {
      throw node.refuse("the equation " + equation + " has no arrow, or dots");
    }
    if (node.inputCount() > 2) {
      throw node.refuse("it has more than two operands");
    }
    List<String> operands = new ArrayList<>();
    for (String letters : equation.substring(0, arrow).split(",", -1)) {
      operands.add(letters);
    }
    return new EinsumEquation(operands, equation.substring(arrow + 2));
  }

  /** The equation for the gradient of an operand, of the result's gradient and the other one. */
  String gradient(int operand, NodeGradient node) {
    String own = operands.get(operand);
    String other = operands.size() == 2 ? operands.get(1 - operand) : "";
    for (char letter : own.toCharArray()) {
      boolean repeats = own.indexOf(letter) != own.lastIndexOf(letter);
      if (repeats || (result + other).indexOf(letter) < 0) {
        throw node.refuse("it sums over '" + letter + "' inside one operand");
      }
    }
    return operands.size() == 2 ? result + "," + other + "->" + own : result + "->" + own;
  }
}
