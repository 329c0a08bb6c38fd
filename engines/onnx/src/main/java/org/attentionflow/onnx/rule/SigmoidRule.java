package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** z = 1 / (1 + e⁻ˣ): dz/dx = z (1 − z). */
public final class SigmoidRule implements GradientRule {
  @Override
  public String operator() {
    return "Sigmoid";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value z = node.output(0);
    Value slope = emit.multiply(z, emit.subtract(emit.number(1, z.type()), z));
    node.put(0, emit.multiply(node.gradient(), slope));
  }
}
