package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** z = √x: dz/dx = 1 / 2z. */
public final class SqrtRule implements GradientRule {
  @Override
  public String operator() {
    return "Sqrt";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    node.put(0, emit.multiply(emit.divide(node.gradient(), node.output(0)), 0.5));
  }
}
