package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** ONNX Runtime's z = x Φ(x), exact. */
public final class FusedGeluRule implements GradientRule {
  @Override
  public String operator() {
    return "Gelu";
  }

  @Override
  public String domain() {
    return "com.microsoft";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value slope = GeluSlope.exact(node.input(0), emit);
    node.put(0, emit.multiply(node.gradient(), slope));
  }
}
