package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** z = x where x is positive, α x elsewhere. */
public final class LeakyReluRule implements GradientRule {
  @Override
  public String operator() {
    return "LeakyRelu";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value g = node.gradient();
    Value positive = emit.compare("Greater", node.input(0), emit.zero(g));
    node.put(0, emit.where(positive, g, emit.multiply(g, node.number("alpha", 0.01))));
  }
}
