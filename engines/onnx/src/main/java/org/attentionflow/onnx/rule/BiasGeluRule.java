package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** ONNX Runtime's z = (x + b) Φ(x + b), exact. */
public final class BiasGeluRule implements GradientRule {
  @Override
  public String operator() {
    return "BiasGelu";
  }

  @Override
  public String domain() {
    return "com.microsoft";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value slope = GeluSlope.exact(emit.add(node.input(0), node.input(1)), emit);
    Value gradient = emit.multiply(node.gradient(), slope);
    node.put(0, gradient);
    node.putBroadcast(1, gradient);
  }
}
