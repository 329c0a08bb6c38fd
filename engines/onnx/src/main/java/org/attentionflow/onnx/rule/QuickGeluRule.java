package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** ONNX Runtime's z = x s with s = 1 / (1 + exp(−α x)): dz/dx = s + α z (1 − s). */
public final class QuickGeluRule implements GradientRule {
  @Override
  public String operator() {
    return "QuickGelu";
  }

  @Override
  public String domain() {
    return "com.microsoft";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value x = node.input(0);
    double alpha = node.number("alpha", 1.702);
    Value s = emit.op("Sigmoid", emit.multiply(x, alpha));
    Value rest = emit.subtract(emit.number(1, x.type()), s);
    Value curved = emit.multiply(emit.multiply(emit.multiply(x, s), rest), alpha);
    node.put(0, emit.multiply(node.gradient(), emit.add(s, curved)));
  }
}
