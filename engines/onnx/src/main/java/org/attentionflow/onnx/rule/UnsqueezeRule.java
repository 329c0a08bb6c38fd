package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** Adds axes of size 1: the gradient is without them. */
public final class UnsqueezeRule implements GradientRule {
  @Override
  public String operator() {
    return "Unsqueeze";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    node.put(0, emit.reshapeLike(node.gradient(), node.input(0)));
  }
}
