package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** z = tanh x: dz/dx = 1 − z². */
public final class TanhRule implements GradientRule {
  @Override
  public String operator() {
    return "Tanh";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value z = node.output(0);
    Value slope = emit.subtract(emit.number(1, z.type()), emit.multiply(z, z));
    node.put(0, emit.multiply(node.gradient(), slope));
  }
}
