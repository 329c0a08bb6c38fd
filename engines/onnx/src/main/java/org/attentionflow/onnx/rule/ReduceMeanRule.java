package org.attentionflow.onnx.rule;

import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** Means over axes: every element gets the gradient of its mean, divided by their number. */
public final class ReduceMeanRule implements GradientRule {
  @Override
  public String operator() {
    return "ReduceMean";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    Value count = emit.op("Div", emit.size(node.input(0)), emit.size(node.output(0)));
    Value part = emit.divide(node.gradient(), emit.cast(count, node.input(0).type()));
    node.put(0, Reduction.spread(node, part, emit));
  }
}
