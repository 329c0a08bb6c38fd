package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** z = max(x, 0): the gradient passes where x is positive. */
public final class ReluRule implements GradientRule {
  @Override
  public String operator() {
    return "Relu";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value g = node.gradient();
    Value positive = emit.compare("Greater", node.input(0), emit.zero(g));
    node.put(0, emit.where(positive, g, emit.zero(g)));
  }
}
