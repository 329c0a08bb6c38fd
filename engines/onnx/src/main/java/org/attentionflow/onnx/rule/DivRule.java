package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** z = x / y: ∂z/∂x = 1 / y, ∂z/∂y = −z / y. */
public final class DivRule implements GradientRule {
  @Override
  public String operator() {
    return "Div";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value quotient = emit.divide(node.gradient(), node.input(1));
    node.putBroadcast(0, quotient);
    if (node.wants(1)) {
      node.putBroadcast(1, emit.op("Neg", emit.multiply(quotient, node.output(0))));
    }
  }
}
