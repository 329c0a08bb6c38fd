package org.attentionflow.onnx.rule;

import java.util.ArrayList;
import java.util.List;
import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** What the smallest and the largest of several operands have in common. */
final class Extremum {
  private Extremum() {}

  /** Shares the gradient among the operands that are equal to the result. */
  static void share(NodeGradient node, Emitter emit) {
    Value z = node.output(0);
    List<Value> equal = new ArrayList<>();
    for (int i = 0; i < node.inputCount(); i++) {
      equal.add(emit.cast(emit.compare("Equal", node.input(i), z), z.type()));
    }
    Value count = equal.stream().reduce(emit::add).orElseThrow();
    Value part = emit.divide(node.gradient(), count);
    for (int i = 0; i < node.inputCount(); i++) {
      if (node.wants(i)) {
        node.putBroadcast(i, emit.multiply(part, equal.get(i)));
      }
    }
  }
}
