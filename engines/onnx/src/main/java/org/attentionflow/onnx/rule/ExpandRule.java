package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;

/** Repeats along axes: the gradient is summed over the repetitions. */
public final class ExpandRule implements GradientRule {
  @Override
  public String operator() {
    return "Expand";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    node.putBroadcast(0, node.gradient());
  }
}
