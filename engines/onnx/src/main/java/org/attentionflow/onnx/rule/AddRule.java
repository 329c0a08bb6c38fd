package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** z = x + y: both get the gradient. */
public final class AddRule implements GradientRule {
  @Override
  public String operator() {
    return "Add";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value g = node.gradient();
    node.putBroadcast(0, g);
    node.putBroadcast(1, g);
  }
}
