package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** z = x Φ(x), exact or approximated by the hyperbolic tangent. */
public final class GeluRule implements GradientRule {
  @Override
  public String operator() {
    return "Gelu";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value x = node.input(0);
    boolean approximate = node.text("approximate", "none").equals("tanh");
    Value slope = approximate ? GeluSlope.tanh(x, emit) : GeluSlope.exact(x, emit);
    node.put(0, emit.multiply(node.gradient(), slope));
  }
}
