package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** Takes from x where the condition holds, from y elsewhere: so does the gradient. */
public final class WhereRule implements GradientRule {
  @Override
  public String operator() {
    return "Where";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value g = node.gradient();
    if (node.wants(1)) {
      node.putBroadcast(1, emit.where(node.input(0), g, emit.zero(g)));
    }
    if (node.wants(2)) {
      node.putBroadcast(2, emit.where(node.input(0), emit.zero(g), g));
    }
  }
}
