package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** Smallest elements over axes: they get the gradient; equal ones share it evenly. */
public final class ReduceMinRule implements GradientRule {
  @Override
  public String operator() {
    return "ReduceMin";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Reduction.share(node, emit);
  }
}
