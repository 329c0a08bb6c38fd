package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** z = |x|: the sign of x, 0 at 0. */
public final class AbsRule implements GradientRule {
  @Override
  public String operator() {
    return "Abs";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    node.put(0, emit.multiply(node.gradient(), emit.op("Sign", node.input(0))));
  }
}
