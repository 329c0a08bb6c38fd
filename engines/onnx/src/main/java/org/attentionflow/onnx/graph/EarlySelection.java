package org.attentionflow.onnx.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Classifiers read the first token and nothing else of the last layer. What a layer computes behind
 * its attention it computes for every token by itself, so the token can be selected there, and the
 * others need neither a forward nor a backward pass through the feed-forward network of the last
 * layer. The graph gives the same logits, up to the rounding of products of fewer rows.
 */
public final class EarlySelection {
  private static final Set<String> ELEMENTWISE =
      Set.of(
          "Add",
          "Cast",
          "Div",
          "Erf",
          "Exp",
          "Gelu",
          "Identity",
          "Mul",
          "Neg",
          "Pow",
          "Reciprocal",
          "Relu",
          "Sigmoid",
          "Sqrt",
          "Sub",
          "Tanh",
          "com.microsoft.BiasGelu",
          "com.microsoft.FastGelu",
          "com.microsoft.Gelu");

  /** [batch, token, width]. */
  private static final int RANK = 3;

  private static final int TOKENS = 1;

  private final Graph graph;
  private final Set<String> outputs = new HashSet<>();

  /** Nodes that work on the first token alone from now on, by their output. */
  private final Map<String, NodeProto> narrowed = new LinkedHashMap<>();

  private EarlySelection(Graph graph) {
    this.graph = graph;
    for (ValueInfoProto output : graph.model().getGraph().getOutputList()) {
      outputs.add(output.getName());
    }
  }

  /** The graph with the first token selected as early as can be; the same graph if it never is. */
  public static Graph apply(Graph graph) {
    EarlySelection selection = new EarlySelection(graph);
    Optional<NodeProto> last =
        graph.nodes().stream().filter(selection::selectsFirst).reduce((one, other) -> other);
    if (last.isEmpty()) {
      return graph;
    }
    selection.narrow(last.get());
    boolean saves = selection.narrowed.values().stream().anyMatch(n -> Graph.is(n, "MatMul"));
    return saves ? selection.build() : graph;
  }

  private boolean selectsFirst(NodeProto node) {
    return Graph.is(node, "Gather")
        && Attributes.integer(node, "axis", 0) == TOKENS
        && graph.value(node.getInput(0)).rank() == RANK
        && graph
            .constant(node.getInput(1))
            .flatMap(Constants::wholeNumbers)
            .filter(indices -> indices.equals(List.of(0L)))
            .isPresent();
  }

  /** Goes back from the selection over all that nothing else reads. */
  private void narrow(NodeProto selection) {
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      NodeProto node = graph.nodes().get(i);
      if (node.getOutputCount() != 1 || outputs.contains(node.getOutput(0))) {
        continue;
      }
      List<NodeProto> readers = graph.consumers(node.getOutput(0));
      boolean isReadByFew =
          !readers.isEmpty()
              && readers.stream()
                  .allMatch(
                      reader ->
                          reader.equals(selection)
                              || (reader.getOutputCount() > 0
                                  && narrowed.containsKey(reader.getOutput(0))));
      if (isReadByFew && !carriers(node).isEmpty()) {
        narrowed.put(node.getOutput(0), node);
      }
    }
  }

  /**
   * The inputs of a node with numbers for every token, if its numbers for a token depend on those
   * for that token alone; otherwise none.
   */
  private List<String> carriers(NodeProto node) {
    Value output = graph.value(node.getOutput(0));
    if (output.rank() != RANK || !isNamed(output)) {
      return List.of();
    }
    String operator = Graph.operator(node);
    boolean isRowByRow =
        switch (operator) {
          case "MatMul" -> graph.value(node.getInput(1)).rank() == 2;
          case "LayerNormalization" -> isLast(Attributes.integer(node, "axis", -1));
          case "ReduceMean" -> isMeanOfLast(node);
          default -> ELEMENTWISE.contains(operator);
        };
    return isRowByRow ? carriers(node, output) : List.of();
  }

  private List<String> carriers(NodeProto node, Value output) {
    List<String> carriers = new ArrayList<>();
    for (String input : Graph.inputsOf(node)) {
      Value value = graph.value(input);
      boolean isSame = value.rank() == RANK && size(value).equals(size(output));
      boolean isForAll =
          (value.rank() >= 0 && value.rank() <= 1)
              || (value.rank() == RANK && size(value).equals("1"))
              || (Graph.is(node, "MatMul") && input.equals(node.getInput(1)));
      if (isSame) {
        carriers.add(input);
      } else if (!isForAll) {
        return List.of();
      }
    }
    return carriers;
  }

  private static String size(Value value) {
    return value.shape().orElseThrow().size(TOKENS);
  }

  private static boolean isNamed(Value value) {
    return !size(value).equals(ValueShape.UNKNOWN) && !size(value).equals("1");
  }

  private static boolean isLast(long axis) {
    return axis == -1 || axis == RANK - 1;
  }

  private boolean isMeanOfLast(NodeProto node) {
    return Attributes.integer(node, "keepdims", 1) == 1
        && node.getInputCount() == 2
        && graph
            .constant(node.getInput(1))
            .flatMap(Constants::wholeNumbers)
            .filter(axes -> axes.size() == 1 && isLast(axes.get(0)))
            .isPresent();
  }

  private Graph build() {
    GraphProto stored = graph.model().getGraph();
    Names names = new Names(stored);
    String first = names.fresh("first_token");
    Map<String, Value> values = new HashMap<>(graph.values());
    values.put(first, new Value(first, ElementType.INT64, new ValueShape(List.of("1"))));
    Map<String, String> selected = new HashMap<>();
    GraphProto.Builder changed = stored.toBuilder().clearNode().clearValueInfo();
    changed.addInitializer(Constants.longs(first, 0L));
    for (NodeProto node : graph.nodes()) {
      if (node.getOutputCount() != 1 || !narrowed.containsKey(node.getOutput(0))) {
        changed.addNode(node);
        continue;
      }
      NodeProto.Builder small = node.toBuilder();
      List<String> carriers = carriers(node);
      for (int i = 0; i < node.getInputCount(); i++) {
        String input = node.getInput(i);
        if (carriers.contains(input) && !narrowed.containsKey(input)) {
          if (!selected.containsKey(input)) {
            String name = names.fresh(input + "_first");
            selected.put(input, name);
            values.put(name, small(graph.value(input)).named(name));
            changed.addNode(select(input, first, name));
          }
          small.setInput(i, selected.getOrDefault(input, input));
        }
      }
      changed.addNode(small);
      values.put(node.getOutput(0), small(graph.value(node.getOutput(0))));
    }
    return Graph.of(graph.model().toBuilder().setGraph(changed).build(), values);
  }

  private static NodeProto select(String input, String first, String name) {
    return NodeProto.newBuilder()
        .setOpType("Gather")
        .setName(name)
        .addInput(input)
        .addInput(first)
        .addOutput(name)
        .addAttribute(Attributes.of("axis", (long) TOKENS))
        .build();
  }

  private static Value small(Value value) {
    List<String> sizes = new ArrayList<>(value.shape().orElseThrow().sizes());
    sizes.set(TOKENS, "1");
    return new Value(value.name(), value.type(), new ValueShape(sizes));
  }
}
