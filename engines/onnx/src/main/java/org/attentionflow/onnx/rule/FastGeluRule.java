package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** ONNX Runtime's z = y Φ(y), y = x or x + b, approximated by the hyperbolic tangent. */
public final class FastGeluRule implements GradientRule {
  @Override
  public String operator() {
    return "FastGelu";
  }

  @Override
  public String domain() {
    return "com.microsoft";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value x = node.hasInput(1) ? emit.add(node.input(0), node.input(1)) : node.input(0);
    Value gradient = emit.multiply(node.gradient(), GeluSlope.tanh(x, emit));
    node.put(0, gradient);
    node.putBroadcast(1, gradient);
  }
}
