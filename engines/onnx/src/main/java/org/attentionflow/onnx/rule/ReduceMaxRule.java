package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** Largest elements over axes: they get the gradient; equal ones share it evenly. */
public final class ReduceMaxRule implements GradientRule {
  @Override
  public String operator() {
    return "ReduceMax";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Reduction.share(node, emit);
  }
}
