package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** z = eˣ: dz/dx = z. */
public final class ExpRule implements GradientRule {
  @Override
  public String operator() {
    return "Exp";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    node.put(0, emit.multiply(node.gradient(), node.output(0)));
  }
}
