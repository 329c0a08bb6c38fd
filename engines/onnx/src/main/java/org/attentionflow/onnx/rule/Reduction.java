package org.attentionflow.onnx.rule;

import java.util.List;
import java.util.Map;
import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.Value;

/** What reductions over axes have in common; the axes are the second input, all without it. */
final class Reduction {
  private Reduction() {}

  /** A tensor in the shape of the result, repeated to the shape of the input. */
  static Value spread(NodeGradient node, Value reduced, Emitter emit) {
    return emit.expandLike(withAxes(node, reduced, emit), node.input(0));
  }

  /** Shares the gradient among the elements that are equal to the result. */
  static void share(NodeGradient node, Emitter emit) {
    Value x = node.input(0);
    Value kept = withAxes(node, node.output(0), emit);
    Value equal = emit.cast(emit.compare("Equal", x, kept), x.type());
    List<Value> operands = node.hasInput(1) ? List.of(equal, node.input(1)) : List.of(equal);
    Value count = emit.op("ReduceSum", operands, attributes(node, 1));
    Value part = emit.divide(withAxes(node, node.gradient(), emit), count);
    node.put(0, emit.multiply(equal, part));
  }

  private static Map<String, Long> attributes(NodeGradient node, long keepDimensions) {
    return Map.of(
        "keepdims",
        keepDimensions,
        "noop_with_empty_axes",
        node.integer("noop_with_empty_axes", 0));
  }

  /** With the reduced axes, of size 1, where the node leaves them out. */
  private static Value withAxes(NodeGradient node, Value reduced, Emitter emit) {
    boolean areKept = node.integer("keepdims", 1) != 0 || !node.hasInput(1);
    return areKept ? reduced : emit.op("Unsqueeze", reduced, node.input(1));
  }
}
