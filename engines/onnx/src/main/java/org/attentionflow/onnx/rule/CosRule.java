package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** z = cos x: dz/dx = −sin x. */
public final class CosRule implements GradientRule {
  @Override
  public String operator() {
    return "Cos";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value sine = emit.op("Sin", node.input(0));
    node.put(0, emit.op("Neg", emit.multiply(node.gradient(), sine)));
  }
}
