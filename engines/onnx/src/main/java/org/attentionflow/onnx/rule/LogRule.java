package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** z = log x: dz/dx = 1 / x. */
public final class LogRule implements GradientRule {
  @Override
  public String operator() {
    return "Log";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    node.put(0, emit.divide(node.gradient(), node.input(0)));
  }
}
