package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** z = x₁ + x₂ + …: all get the gradient. */
public final class SumRule implements GradientRule {
  @Override
  public String operator() {
    return "Sum";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value g = node.gradient();
    for (int i = 0; i < node.inputCount(); i++) {
      node.putBroadcast(i, g);
    }
  }
}
