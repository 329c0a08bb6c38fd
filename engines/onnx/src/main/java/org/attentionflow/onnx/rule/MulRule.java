package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** z = x y: ∂z/∂x = y, ∂z/∂y = x. */
public final class MulRule implements GradientRule {
  @Override
  public String operator() {
    return "Mul";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value g = node.gradient();
    if (node.wants(0)) {
      node.putBroadcast(0, emit.multiply(g, node.input(1)));
    }
    if (node.wants(1)) {
      node.putBroadcast(1, emit.multiply(g, node.input(0)));
    }
  }
}
