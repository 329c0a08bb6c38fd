package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** z = log softmax x: the gradient is g − eᶻ Σ g, summed over the axis. */
public final class LogSoftmaxRule implements GradientRule {
  @Override
  public String operator() {
    return "LogSoftmax";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value g = node.gradient();
    Value total = emit.sum(g, node.integer("axis", -1));
    Value expected = emit.multiply(emit.op("Exp", node.output(0)), total);
    node.put(0, emit.subtract(g, expected));
  }
}
