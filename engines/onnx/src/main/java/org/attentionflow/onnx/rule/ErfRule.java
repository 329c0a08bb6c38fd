package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** z = erf x: dz/dx = 2/√π · exp(−x²). */
public final class ErfRule implements GradientRule {
  @Override
  public String operator() {
    return "Erf";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value x = node.input(0);
    // As exp(log(2/√π) − x²), two operations fewer on what is the widest tensor of a Transformer.
    Value logarithm = emit.number(Math.log(2 / Math.sqrt(Math.PI)), x.type());
    Value slope = emit.op("Exp", emit.subtract(logarithm, emit.multiply(x, x)));
    node.put(0, emit.multiply(node.gradient(), slope));
  }
}
