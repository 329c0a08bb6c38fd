package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** z = 1 / x: dz/dx = −z². */
public final class ReciprocalRule implements GradientRule {
  @Override
  public String operator() {
    return "Reciprocal";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value z = node.output(0);
    node.put(0, emit.op("Neg", emit.multiply(node.gradient(), emit.multiply(z, z))));
  }
}
