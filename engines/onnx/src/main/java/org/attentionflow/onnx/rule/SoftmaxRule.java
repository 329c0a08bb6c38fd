package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** z = softmax x: the gradient is z (g − Σ g z), summed over the axis. */
public final class SoftmaxRule implements GradientRule {
  @Override
  public String operator() {
    return "Softmax";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value z = node.output(0);
    Value weighted = emit.multiply(node.gradient(), z);
    Value total = emit.sum(weighted, node.integer("axis", -1));
    node.put(0, emit.subtract(weighted, emit.multiply(z, total)));
  }
}
