package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** The same elements with two axes: the gradient with the old ones. */
public final class FlattenRule implements GradientRule {
  @Override
  public String operator() {
    return "Flatten";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    node.put(0, emit.reshapeLike(node.gradient(), node.input(0)));
  }
}
