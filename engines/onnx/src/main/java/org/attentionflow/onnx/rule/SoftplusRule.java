package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** z = log(1 + eˣ): dz/dx = 1 / (1 + e⁻ˣ). */
public final class SoftplusRule implements GradientRule {
  @Override
  public String operator() {
    return "Softplus";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    node.put(0, emit.multiply(node.gradient(), emit.op("Sigmoid", node.input(0))));
  }
}
