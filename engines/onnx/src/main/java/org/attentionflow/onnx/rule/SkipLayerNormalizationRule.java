package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** ONNX Runtime's layer normalisation of x + skip (+ bias) over the last axis. */
public final class SkipLayerNormalizationRule implements GradientRule {
  @Override
  public String operator() {
    return "SkipLayerNormalization";
  }

  @Override
  public String domain() {
    return "com.microsoft";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value sum = emit.add(node.input(0), node.input(1));
    if (node.hasInput(4)) {
      sum = emit.add(sum, node.input(4));
    }
    Normalisation normalisation =
        Normalisation.of(sum, node.number("epsilon", 1e-12), new long[] {-1}, emit);
    Value g = node.gradient();
    Value slope = emit.multiply(g, node.input(2));
    Value gradient = normalisation.gradient(slope, new long[] {-1}, emit);
    if (node.gradient(3).isPresent()) {
      gradient = emit.add(gradient, node.gradient(3).get());
    }
    node.put(0, gradient);
    node.putBroadcast(1, gradient);
    if (node.wants(2)) {
      node.putBroadcast(2, emit.multiply(g, normalisation.normal()));
    }
    node.putBroadcast(3, g);
    node.putBroadcast(4, gradient);
  }
}
