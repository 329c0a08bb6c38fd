package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.ElementType;
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
    Value sum = emit.add(emit.wide(node.input(0)), emit.wide(node.input(1)));
    if (node.hasInput(4)) {
      sum = emit.add(sum, emit.wide(node.input(4)));
    }
    Normalisation normalisation =
        Normalisation.of(sum, node.number("epsilon", 1e-12), new long[] {-1}, emit);
    ElementType type = node.input(0).type();
    Value g = emit.wide(node.gradient());
    Value slope = emit.multiply(g, emit.wide(node.input(2)));
    Value gradient = emit.cast(normalisation.gradient(slope, new long[] {-1}, emit), type);
    if (node.gradient(3).isPresent()) {
      gradient = emit.add(gradient, node.gradient(3).get());
    }
    node.put(0, gradient);
    node.putBroadcast(1, gradient);
    if (node.wants(2)) {
      node.putBroadcast(2, emit.cast(emit.multiply(g, normalisation.normal()), type));
    }
    node.putBroadcast(3, node.gradient());
    node.putBroadcast(4, gradient);
  }
}
