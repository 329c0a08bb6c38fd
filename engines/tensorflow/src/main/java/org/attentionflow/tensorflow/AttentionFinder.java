package org.attentionflow.tensorflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.attentionflow.failure.UnusableInputException;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.NodeDef;

/**
 * Finds attention in a graph by what it does: a softmax is attention if
 *
 * <ol>
 *   <li>its scores are, but for scaling, masks and changes of form, the product of two tensors that
 *       both depend on the input (queries and keys),
 *   <li>its result is, but for changes of form, dropout and masks, multiplied with a third such
 *       tensor (the values) so that its last axis is summed over,
 *   <li>the logits depend on that product.
 * </ol>
 *
 * Names are not looked at. A softmax that meets only some of these is a candidate: if the
 * configuration does not confirm the number of layers found, the graph is refused with the list.
 */
final class AttentionFinder {
  /** What leaves the values of probabilities as they are, and their order. */
  private static final Set<String> CHANGES_OF_FORM =
      Set.of(
          "Identity",
          "Cast",
          "Snapshot",
          "Reshape",
          "Squeeze",
          "ExpandDims",
          "CheckNumerics",
          "PreventGradient",
          "EnsureShape");

  /** What replaces or scales single probabilities: dropout and masks. */
  private static final Set<String> CHANGES_OF_VALUE =
      Set.of("Mul", "Select", "SelectV2", "Where", "RealDiv");

  /** What stands between the product of queries and keys and its softmax. */
  private static final Set<String> SCORE_CHANGES =
      Set.of(
          "Add",
          "AddV2",
          "AddN",
          "Sub",
          "Mul",
          "RealDiv",
          "Div",
          "BiasAdd",
          "Maximum",
          "Minimum",
          "Tanh",
          "ClipByValue",
          "Transpose");

  private static final Set<String> BATCHED =
      Set.of("BatchMatMul", "BatchMatMulV2", "BatchMatMulV3");

  private static final Set<String> LOOPS =
      Set.of("While", "StatelessWhile", "If", "StatelessIf", "Case", "StatelessCase");

  private static final int CANDIDATES_SHOWN = 8;

  private final FlatGraph graph;
  private final Set<String> dependent;

  /**
   * Prepares a search.
   *
   * @param graph pruned to the logits
   * @param input the token ids
   */
  AttentionFinder(FlatGraph graph, TensorName input) {
    this.graph = graph;
    this.dependent = graph.dependents(List.of(input));
  }

  /**
   * The attention of each layer, first layer first.
   *
   * @param layerCount how many layers the configuration names, if it does
   * @throws UnusableInputException if there is none, or it is not sure which they are
   */
  List<Attention> find(OptionalInt layerCount) {
    List<Attention> found = new ArrayList<>();
    List<String> candidates = new ArrayList<>();
    for (NodeDef node : graph.nodes()) {
      if (node.getOp().equals("Softmax") && dependent.contains(node.getName())) {
        Optional<Attention> attention = attention(node, candidates);
        attention.ifPresent(found::add);
      }
    }
    if (found.isEmpty()) {
      throw new UnusableInputException(
          "No attention was found in the graph: no softmax of a product of queries and keys"
              + " multiplies values."
              + listed(candidates)
              + insideLoops());
    }
    if (layerCount.isPresent() && layerCount.getAsInt() != found.size()) {
      throw unsure(
          ("it has " + found.size() + " softmaxes that could be attention, but config.json says ")
              + (layerCount.getAsInt() + " layers"),
          found,
          candidates);
    }
    if (layerCount.isEmpty() && !candidates.isEmpty()) {
      throw unsure(
          "some softmaxes are only partly like it, and no config.json says how many layers there are",
          found,
          candidates);
    }
    checkOrder(found, candidates);
    return found;
  }

  /** Every layer has to read what the layer before it made. */
  private void checkOrder(List<Attention> found, List<String> candidates) {
    for (int i = 1; i < found.size(); i++) {
      TensorName before = TensorName.of(found.get(i - 1).product().getName());
      if (!graph.dependents(List.of(before)).contains(found.get(i).softmax().getName())) {
        throw unsure(
            (found.get(i).softmax().getName() + " does not depend on ")
                + (found.get(i - 1).softmax().getName() + ", so they are no layers in a row"),
            found,
            candidates);
      }
    }
  }

  private Optional<Attention> attention(NodeDef softmax, List<String> candidates) {
    @Nullable NodeDef scores = scores(softmax);
    Optional<Attention> attention = product(softmax, scores == null ? softmax : scores);
    if (scores != null && attention.isPresent()) {
      return attention;
    }
    if (attention.isPresent()) {
      candidates.add(softmax.getName() + " (its scores are no product of queries and keys)");
    } else if (scores != null) {
      candidates.add(softmax.getName() + " (it multiplies no values)");
    }
    return Optional.empty();
  }

  /** The product of two dependent tensors that a softmax is of; null if there is none. */
  private @Nullable NodeDef scores(NodeDef softmax) {
    Deque<TensorName> waiting = new ArrayDeque<>(FlatGraph.inputs(softmax));
    Set<TensorName> seen = new HashSet<>();
    while (!waiting.isEmpty()) {
      TensorName tensor = waiting.pop();
      if (!seen.add(tensor) || !dependent.contains(tensor.node())) {
        continue;
      }
      NodeDef node = graph.producer(tensor);
      List<TensorName> inputs = FlatGraph.inputs(node);
      if (isProduct(node) && inputs.stream().allMatch(in -> dependent.contains(in.node()))) {
        return node;
      }
      if (CHANGES_OF_FORM.contains(node.getOp()) || node.getOp().equals("Transpose")) {
        waiting.push(inputs.get(0));
      } else if (SCORE_CHANGES.contains(node.getOp()) || CHANGES_OF_VALUE.contains(node.getOp())) {
        inputs.forEach(waiting::push);
      }
    }
    return null;
  }

  /** Follows probabilities to the product with values. */
  private Optional<Attention> product(NodeDef softmax, NodeDef scores) {
    /** A tensor on the way, and the last one with the softmax's shape. */
    record Step(TensorName tensor, TensorName shaped) {}
    Deque<Step> waiting = new ArrayDeque<>();
    Set<TensorName> seen = new HashSet<>();
    TensorName first = TensorName.of(softmax.getName());
    waiting.add(new Step(first, first));
    while (!waiting.isEmpty()) {
      Step step = waiting.pop();
      if (!seen.add(step.tensor())) {
        continue;
      }
      for (FlatGraph.Use use : graph.uses(step.tensor())) {
        NodeDef reader = use.node();
        TensorName result = TensorName.of(reader.getName());
        if (isProduct(reader) && sumsOverLastAxis(reader, use.input()) && hasValues(use)) {
          return Optional.of(
              new Attention(step.shaped(), softmax, scores, reader, 1 - use.input()));
        }
        if (CHANGES_OF_FORM.contains(reader.getOp()) && use.input() == 0) {
          waiting.add(new Step(result, step.shaped()));
        } else if (CHANGES_OF_VALUE.contains(reader.getOp())) {
          waiting.add(new Step(result, result));
        }
      }
    }
    return Optional.empty();
  }

  private boolean hasValues(FlatGraph.Use use) {
    List<TensorName> inputs = FlatGraph.inputs(use.node());
    return inputs.size() == 2 && dependent.contains(inputs.get(1 - use.input()).node());
  }

  static boolean isProduct(NodeDef node) {
    return BATCHED.contains(node.getOp())
        || node.getOp().equals("MatMul")
        || (node.getOp().equals("Einsum") && EinsumEquation.of(node).isPresent());
  }

  private static boolean sumsOverLastAxis(NodeDef product, int input) {
    if (product.getOp().equals("Einsum")) {
      return EinsumEquation.of(product).orElseThrow().contractsLastAxisOf(input);
    }
    boolean matrix = product.getOp().equals("MatMul");
    return input == 0
        ? !flag(product, matrix ? "transpose_a" : "adj_x")
        : flag(product, matrix ? "transpose_b" : "adj_y");
  }

  private static boolean flag(NodeDef node, String attribute) {
    return node.getAttrMap().containsKey(attribute) && node.getAttrMap().get(attribute).getB();
  }

  private String insideLoops() {
    return graph.nodes().stream()
        .filter(node -> LOOPS.contains(node.getOp()))
        .findFirst()
        .map(node -> " Maybe it lies inside the " + node.getOp() + " " + node.getName() + ".")
        .orElse("");
  }

  private static UnusableInputException unsure(
      String why, List<Attention> found, List<String> candidates) {
    List<String> all = new ArrayList<>();
    found.forEach(attention -> all.add(attention.softmax().getName()));
    all.addAll(candidates);
    return new UnusableInputException(
        "It is not sure what the attention of the graph is: " + why + "." + listed(all));
  }

  private static String listed(List<String> candidates) {
    if (candidates.isEmpty()) {
      return "";
    }
    int more = candidates.size() - CANDIDATES_SHOWN;
    return " Candidates: "
        + candidates.stream().limit(CANDIDATES_SHOWN).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more." : ".");
  }
}
