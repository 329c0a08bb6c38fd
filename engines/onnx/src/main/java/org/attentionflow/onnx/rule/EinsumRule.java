package org.attentionflow.onnx.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/**
 * Sums of products by index letters: the gradient of an operand is such a sum, of the gradient and
 * the other operand.
 */
public final class EinsumRule implements GradientRule {
  @Override
  public String operator() {
    return "Einsum";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    EinsumEquation equation = EinsumEquation.parse(node);
    for (int i = 0; i < node.inputCount(); i++) {
      if (node.wants(i)) {
        List<Value> operands = new ArrayList<>(List.of(node.gradient()));
        if (node.inputCount() == 2) {
          operands.add(node.input(1 - i));
        }
        String reverse = equation.gradient(i, node);
        node.put(i, emit.op("Einsum", operands, Map.of("equation", reverse)));
      }
    }
  }
}
