package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** z = sin x: dz/dx = cos x. */
public final class SinRule implements GradientRule {
  @Override
  public String operator() {
    return "Sin";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    node.put(0, emit.multiply(node.gradient(), emit.op("Cos", node.input(0))));
  }
}
