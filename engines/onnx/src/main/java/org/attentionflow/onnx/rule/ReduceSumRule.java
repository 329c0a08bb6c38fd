package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** Sums over axes: every element gets the gradient of its sum. */
public final class ReduceSumRule implements GradientRule {
  @Override
  public String operator() {
    return "ReduceSum";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    node.put(0, Reduction.spread(node, node.gradient(), emit));
  }
}
