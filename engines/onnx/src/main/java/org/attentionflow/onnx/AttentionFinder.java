package org.attentionflow.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.onnx.graph.Attributes;
import org.attentionflow.onnx.graph.Graph;
import org.attentionflow.onnx.graph.Value;

/**
 * Finds the attention of every layer by the structure of the graph. Attention is the output of a
 * softmax over the last axis that, possibly after operators which leave its numbers alone, is the
 * left operand of a matrix product with values that depend on the input. What multiplies the values
 * is taken, so behind the guards against NaN of {@code scaled_dot_product_attention}.
 */
final class AttentionFinder {
  /** Operators of fused attention, whose probabilities no other node sees. */
  private static final Set<String> FUSED =
      Set.of(
          "Attention",
          "com.microsoft.Attention",
          "com.microsoft.DecoderMaskedMultiHeadAttention",
          "com.microsoft.GroupQueryAttention",
          "com.microsoft.MultiHeadAttention",
          "com.microsoft.PackedAttention",
          "com.microsoft.PackedMultiHeadAttention",
          "com.microsoft.QAttention");

  /** [batch, head, query, key], or [batch · head, query, key]. */
  private static final int SPLIT_RANK = 4;

  private static final int MERGED_RANK = 3;

  private final Graph graph;
  private final Reach reach;

  AttentionFinder(Graph graph) {
    this.graph = graph;
    this.reach = new Reach(graph);
  }

  /**
   * The attention of each layer in the order of the data.
   *
   * @param expectedLayers the number of layers that the model's configuration names; 0 if none does
   * @throws UnusableInputException if the graph does not say for certain which tensors they are
   */
  List<AttentionTensor> find(int expectedLayers) {
    refuseFused();
    List<AttentionTensor> candidates = candidates();
    List<AttentionTensor> accepted = candidates.stream().filter(AttentionTensor::accepted).toList();
    if (accepted.isEmpty()) {
      throw unsure("no softmax multiplies values", candidates);
    }
    List<AttentionTensor> layers = ofOneRank(accepted, expectedLayers, candidates);
    if (expectedLayers > 0 && layers.size() != expectedLayers) {
      throw unsure(
          (layers.size() + " tensors look like attention, but config.json names ")
              + (expectedLayers + " layers"),
          candidates);
    }
    for (int i = 1; i < layers.size(); i++) {
      Value earlier = layers.get(i - 1).value();
      Value later = layers.get(i).value();
      if (!reach.from(earlier.name()).contains(later.name())) {
        throw unsure(later + " does not depend on " + earlier + ": there is no chain", candidates);
      }
    }
    return layers;
  }

  /**
   * The tensors with the given names, taken for attention because somebody says so.
   *
   * @param reason who says so
   * @throws UnusableInputException if the graph has no such tensor of three or four axes
   */
  List<AttentionTensor> named(List<String> names, String reason) {
    List<AttentionTensor> tensors = new ArrayList<>();
    for (String name : names) {
      Value value = graph.value(name);
      if (graph.producer(name) == null || !value.type().isFloating() || !isAttentionRank(value)) {
        throw new UnusableInputException(
            (name + " is no tensor of the model with the axes batch, head, query and key: ")
                + (graph.producer(name) == null ? "no node makes it." : value + "."));
      }
      tensors.add(new AttentionTensor(value, name, true, reason));
    }
    return tensors;
  }

  /** All softmaxes with what is thought of them, in the order of the graph. */
  List<AttentionTensor> candidates() {
    List<AttentionTensor> candidates = new ArrayList<>();
    for (NodeProto node : graph.nodes()) {
      if (Graph.is(node, "Softmax") && graph.value(node.getOutput(0)).type().isFloating()) {
        candidates.add(judge(node));
      }
    }
    return candidates;
  }

  private void refuseFused() {
    for (NodeProto node : graph.nodes()) {
      if (FUSED.contains(Graph.operator(node))) {
        throw new UnusableInputException(
            (Graph.describe(node) + " keeps its attention to itself: the softmax is fused away.")
                + " Maybe take the model as it was before it was optimised.");
      }
    }
  }

  private AttentionTensor judge(NodeProto softmax) {
    Value output = graph.value(softmax.getOutput(0));
    String name = Graph.describe(softmax);
    long axis = Attributes.integer(softmax, "axis", -1);
    if (axis != -1 && axis != output.rank() - 1) {
      return new AttentionTensor(output, name, false, "runs over axis " + axis + ", not the last");
    }
    if (!isAttentionRank(output)) {
      String axes = output.rank() < 0 ? "an unknown number of" : String.valueOf(output.rank());
      return new AttentionTensor(output, name, false, "has " + axes + " axes, not 3 or 4");
    }
    return follow(softmax, output);
  }

  /**
   * Follows the output of a softmax to the product with the values: depth first, the readers of
   * each tensor in the order of the graph, each tensor once.
   */
  private AttentionTensor follow(NodeProto softmax, Value output) {
    String name = Graph.describe(softmax);
    Set<String> visited = new HashSet<>(Set.of(output.name()));
    Deque<AttentionWay> ways = new ArrayDeque<>();
    ways.push(new AttentionWay(graph, output));
    while (true) {
      AttentionWay way = ways.element();
      NodeProto reader = way.nextReader();
      if (reader == null) {
        ways.pop();
        if (ways.isEmpty()) {
          return new AttentionTensor(output, name, false, way.obstacle());
        }
        ways.element().meets(way.obstacle());
      } else if (isProduct(reader)) {
        Optional<String> obstacle = obstacle(reader, way.at());
        if (obstacle.isEmpty()) {
          String reason = way.toString() + Graph.describe(reader) + " with " + reader.getInput(1);
          return new AttentionTensor(way.attention(), name, true, reason);
        }
        way.meets(obstacle.get());
      } else if (passesOn(reader, way.at().name()) && visited.add(reader.getOutput(0))) {
        ways.push(way.through(reader, graph));
      }
    }
  }

  /** Why a product with a tensor is not that of attention with values; empty if it is. */
  private Optional<String> obstacle(NodeProto product, Value at) {
    if (!product.getInput(0).equals(at.name())) {
      return Optional.of("is the right operand of " + Graph.describe(product));
    }
    String other = product.getInput(1);
    return reach.dependsOnInputs(other)
        ? Optional.empty()
        : Optional.of("multiplies the constant " + other + " in " + Graph.describe(product));
  }

  private static boolean isProduct(NodeProto node) {
    return Graph.is(node, "MatMul")
        || Graph.operator(node).equals("com.microsoft.FusedMatMul")
        || (Graph.is(node, "Einsum") && node.getInputCount() == 2);
  }

  /** Whether a node hands on attention: itself, guarded, masked by a constant, or reshaped. */
  private boolean passesOn(NodeProto node, String name) {
    if (node.getOutputCount() == 0 || !graph.value(node.getOutput(0)).type().isFloating()) {
      return false;
    }
    return switch (Graph.operator(node)) {
      case "Identity", "Cast", "Reshape", "Squeeze", "Unsqueeze" -> node.getInput(0).equals(name);
      case "Where" -> !node.getInput(0).equals(name) && otherIsConstant(node, 1, 2, name);
      case "Mul" -> otherIsConstant(node, 0, 1, name);
      default -> false;
    };
  }

  private boolean otherIsConstant(NodeProto node, int first, int second, String name) {
    String other = node.getInput(node.getInput(first).equals(name) ? second : first);
    return !reach.dependsOnInputs(other);
  }

  private static boolean isAttentionRank(Value value) {
    return value.rank() == SPLIT_RANK || value.rank() == MERGED_RANK;
  }

  /** Attention with its heads apart goes before tensors with three axes, which may be pooling. */
  private static List<AttentionTensor> ofOneRank(
      List<AttentionTensor> accepted, int expectedLayers, List<AttentionTensor> candidates) {
    List<AttentionTensor> split =
        accepted.stream().filter(tensor -> tensor.value().rank() == SPLIT_RANK).toList();
    if (split.isEmpty() || split.size() == accepted.size()) {
      return accepted;
    }
    if (split.size() == expectedLayers) {
      return split;
    }
    throw unsure("some have four axes and some have three", candidates);
  }

  private static UnusableInputException unsure(String why, List<AttentionTensor> candidates) {
    String list =
        candidates.isEmpty()
            ? "The graph has no softmax."
            : candidates.stream()
                .map(c -> (c.accepted() ? "yes: " : "no: ") + c)
                .collect(Collectors.joining("; ", "Candidates: ", "."));
    return new UnusableInputException(
        ("The attention cannot be told for certain: " + why + ". " + list)
            + (" Maybe write a copy of the model that names the tensors, and explain the copy:")
            + " attnflow instrument MODEL -o COPY --attention NAME,NAME,...");
  }
}
