package org.attentionflow.onnx.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.GradientRule;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** Joins tensors along an axis: each gets its part of the gradient. */
public final class ConcatRule implements GradientRule {
  @Override
  public String operator() {
    return "Concat";
  }

  @Override
  public void differentiate(NodeGradient node, Emitter emit) {
    long axis = node.integer("axis", 0);
    List<Value> sizes = new ArrayList<>();
    for (Value input : node.inputsFrom(0)) {
      sizes.add(emit.op("Gather", emit.shape(input), emit.integers(axis)));
    }
    Value lengths = emit.op("Concat", sizes, Map.of("axis", 0L));
    Value g = node.gradient();
    List<Value> parts =
        emit.ops("Split", List.of(g, lengths), Map.of("axis", axis), g.type(), sizes.size());
    for (int i = 0; i < parts.size(); i++) {
      node.put(i, parts.get(i));
    }
  }
}
