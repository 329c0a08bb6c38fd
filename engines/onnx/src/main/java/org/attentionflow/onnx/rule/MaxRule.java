package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** z = the largest of x₁, x₂, …: it gets the gradient; equal ones share it evenly. */
public final class MaxRule implements GradientRule {
  @Override
  public String operator() {
    return "Max";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Extremum.share(node, emit);
  }
}
