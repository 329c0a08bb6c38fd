package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** z = x between two bounds: the gradient passes where x is between them, bounds included. */
public final class ClipRule implements GradientRule {
  @Override
  public String operator() {
    return "Clip";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value x = node.input(0);
    Value g = node.gradient();
    if (node.hasInput(1)) {
      g = emit.where(emit.compare("GreaterOrEqual", x, node.input(1)), g, emit.zero(g));
    }
    if (node.hasInput(2)) {
      g = emit.where(emit.compare("LessOrEqual", x, node.input(2)), g, emit.zero(g));
    }
    node.put(0, g);
  }
}
