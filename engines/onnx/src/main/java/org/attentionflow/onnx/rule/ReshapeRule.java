package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** The same elements in another shape: the gradient in the old one. */
public final class ReshapeRule implements GradientRule {
  @Override
  public String operator() {
    return "Reshape";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    node.put(0, emit.reshapeLike(node.gradient(), node.input(0)));
  }
}
