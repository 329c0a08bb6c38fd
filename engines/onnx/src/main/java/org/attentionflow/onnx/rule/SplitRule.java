package org.attentionflow.onnx.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** Cuts a tensor along an axis: the gradients of the parts are joined. */
public final class SplitRule implements GradientRule {
  @Override
  public String operator() {
    return "Split";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    List<Value> parts = new ArrayList<>();
    for (int i = 0; i < node.outputCount(); i++) {
      Value output = node.output(i);
      parts.add(node.gradient(i).orElseGet(() -> emit.zerosLike(output)));
    }
    node.put(0, emit.op("Concat", parts, Map.of("axis", node.integer("axis", 0))));
  }
}
