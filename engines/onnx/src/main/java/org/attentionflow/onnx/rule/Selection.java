package org.attentionflow.onnx.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.attentionflow.onnx.gradient.Emitter;
import org.attentionflow.onnx.gradient.NodeGradient;
import org.attentionflow.onnx.graph.ElementType;
import org.attentionflow.onnx.graph.Value;

/**
 * What operators have in common that only select elements. Applied to a tensor with the numbers 0,
 * 1, 2, … of the elements instead of the elements, the operator itself tells where each came from,
 * for any number of axes, any indices and any shapes.
 */
final class Selection {
  private Selection() {}

  /**
   * The gradient of the input: zeros, and at the place of each selected element its gradient.
   *
   * @param attributes those of the node
   * @param repeats whether an element can be selected twice; then gradients are added
   */
  static Value scatter(
      NodeGradient node, Map<String, Long> attributes, boolean repeats, Emitter emit) {
    Value x = node.input(0);
    // The runtime cannot add numbers of 16 bits in place.
    ElementType type = node.gradient().type();
    boolean isWide = type == ElementType.FLOAT || type == ElementType.DOUBLE;
    Value g = emit.cast(node.gradient(), isWide ? type : ElementType.FLOAT);
    Value count = emit.size(x);
    Value numbers = emit.op("Range", List.of(emit.integer(0), count, emit.integer(1)), Map.of());
    List<Value> operands = new ArrayList<>(List.of(emit.reshapeLike(numbers, x)));
    operands.addAll(node.inputsFrom(1));
    Value chosen = emit.op(node.operator(), operands, attributes, ElementType.INT64);
    Value all = emit.integers(-1);
    Value zeros = emit.op("Expand", emit.zero(g), emit.op("Reshape", count, emit.integers(1)));
    Value scattered =
        emit.op(
            "ScatterElements",
            List.of(zeros, emit.op("Reshape", chosen, all), emit.op("Reshape", g, all)),
            repeats ? Map.of("axis", 0L, "reduction", "add") : Map.of("axis", 0L));
    return emit.cast(emit.reshapeLike(scattered, x), type);
  }
}
