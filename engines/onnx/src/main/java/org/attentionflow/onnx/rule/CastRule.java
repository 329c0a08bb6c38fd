package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** z = x in another type: the gradient goes back to the type of x. */
public final class CastRule implements GradientRule {
  @Override
  public String operator() {
    return "Cast";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    node.put(0, emit.cast(node.gradient(), node.input(0).type()));
  }
}
