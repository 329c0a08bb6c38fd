package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** z = x − y: x gets the gradient, y its negative. */
public final class SubRule implements GradientRule {
  @Override
  public String operator() {
    return "Sub";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value g = node.gradient();
    node.putBroadcast(0, g);
    if (node.wants(1)) {
      node.putBroadcast(1, emit.op("Neg", g));
    }
  }
}
