package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** Takes axes of size 1 away: the gradient has them again. */
public final class SqueezeRule implements GradientRule {
  @Override
  public String operator() {
    return "Squeeze";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    node.put(0, emit.reshapeLike(node.gradient(), node.input(0)));
  }
}
