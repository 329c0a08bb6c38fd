package org.attentionflow.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import org.attentionflow.onnx.graph.Attributes;
import org.attentionflow.onnx.graph.Constants;
import org.attentionflow.onnx.graph.ElementType;
import org.attentionflow.onnx.graph.GraphExtension;
import org.attentionflow.onnx.graph.Names;
import org.attentionflow.onnx.graph.Value;
import org.attentionflow.onnx.graph.ValueShape;

/**
 * The inputs that say what is differentiated. The gradients are those of
 *
 * <pre>
 *   Σ_b Σ_c logits.grad[b, c] logits[b, c]  +  predicted.grad Σ_b max_c logits[b, c]
 * </pre>
 *
 * @param logits the name of the input of the shape [batch, class]: 1 at the class whose logit is
 *     differentiated, −1 at the one it is contrasted with, 0 elsewhere
 * @param predicted the name of the input of the shape [1]: 0, or 1 for the logit of the predicted
 *     class, the first of several equal ones
 */
record Cotangent(String logits, String predicted) {
  /** What the input of the classes is called in a graph that has no such name. */
  static final String LOGITS = "logits.grad";

  /** What the input of the predicted class is called in a graph that has no such name. */
  static final String PREDICTED = "predicted.grad";

  /** No inputs: nothing is differentiated. */
  static final Cotangent NONE = new Cotangent("", "");

  /** Inputs with names that a graph does not have. */
  static Cotangent fresh(Names names) {
    return new Cotangent(names.fresh(LOGITS), names.fresh(PREDICTED));
  }

  /**
   * Adds the inputs to a graph.
   *
   * @return the name of the cotangent of the logits, in their type
   */
  String addTo(GraphExtension extension, Value output, Names names) {
    ValueShape shape = output.shape().orElseThrow();
    extension.addInput(new Value(logits, ElementType.FLOAT, shape));
    extension.addInput(new Value(predicted, ElementType.FLOAT, new ValueShape(List.of("1"))));
    String prefix = "cotangent/";
    String zero = names.fresh(prefix + "zero");
    String one = names.fresh(prefix + "one");
    String best = names.fresh(prefix + "best");
    String sizes = names.fresh(prefix + "sizes");
    String count = names.fresh(prefix + "count");
    String classes = names.fresh(prefix + "classes");
    String isBest = names.fresh(prefix + "is_best");
    String indicator = names.fresh(prefix + "indicator");
    String weighted = names.fresh(prefix + "weighted");
    String sum = names.fresh(prefix + "sum");
    NodeProto cast =
        node("Cast", indicator, isBest).toBuilder()
            .addAttribute(Attributes.of("to", (long) ElementType.FLOAT.code()))
            .build();
    NodeProto argMax =
        node("ArgMax", best, output.name()).toBuilder()
            .addAttribute(Attributes.of("axis", 1L))
            .addAttribute(Attributes.of("keepdims", 1L))
            .build();
    extension.addNodes(
        List.of(
            argMax,
            node("Shape", sizes, output.name()),
            node("Gather", count, sizes, one),
            node("Range", classes, zero, count, one),
            node("Equal", isBest, best, classes),
            cast,
            node("Mul", weighted, indicator, predicted),
            node("Add", sum, logits, weighted)),
        List.of(Constants.scalar(zero, 0L), Constants.scalar(one, 1L)));
    return extension.cast(Value.of(sum, ElementType.FLOAT), output.type());
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }
}
