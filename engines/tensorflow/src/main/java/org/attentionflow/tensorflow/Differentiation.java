package org.attentionflow.tensorflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.attentionflow.failure.UnusableInputException;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.NodeDef;

/**
 * Adds gradients to a graph by TensorFlow's own C API: for logits z and the cotangent c of {@link
 * CotangentNodes}, the nodes that compute ∂(Σ c∘z)/∂x for tensors x of the graph.
 */
final class Differentiation {
  private static final Pattern NO_GRADIENT = Pattern.compile("No gradient defined for op: (\\w+)");

  private Differentiation() {}

  /**
   * The names of the gradients of tensors, in the same order.
   *
   * @throws UnusableInputException if an operation on the way has no gradient; names it and where
   *     it stands
   */
  static List<TensorName> add(Graph graph, String scope, List<TensorName> tensors, FlatGraph flat) {
    Output<?>[] of = {output(graph, TensorName.of(CotangentNodes.LOGITS))};
    // TensorFlow answers a tensor that is asked for twice only once.
    List<TensorName> distinct = tensors.stream().distinct().toList();
    Output<?>[] by = distinct.stream().map(tensor -> output(graph, tensor)).toArray(Output[]::new);
    Output<?>[] cotangent = {output(graph, TensorName.of(CotangentNodes.COTANGENT))};
    try {
      Output<?>[] gradients = graph.addGradients(scope, of, by, cotangent);
      Map<TensorName, TensorName> names = new HashMap<>();
      for (int i = 0; i < gradients.length; i++) {
        names.put(distinct.get(i), name(gradients[i], distinct.get(i)));
      }
      return tensors.stream().map(tensor -> Objects.requireNonNull(names.get(tensor))).toList();
    } catch (TensorFlowException | IllegalArgumentException failure) {
      throw withPlace(failure, tensors, flat);
    }
  }

  /** The name of a gradient; one that does not exist is an output of no operation. */
  private static TensorName name(Output<?> gradient, TensorName tensor) {
    try {
      return new TensorName(gradient.op().name(), gradient.index());
    } catch (IllegalStateException | NullPointerException none) {
      throw new UnusableInputException(
          ("The logits have no gradient with respect to " + tensor)
              + ". Maybe the graph stops gradients behind it.",
          none);
    }
  }

  static Output<?> output(Graph graph, TensorName tensor) {
    return graph.operationOrThrow(tensor.node()).output(tensor.index());
  }

  private static RuntimeException withPlace(
      RuntimeException failure, List<TensorName> tensors, FlatGraph flat) {
    Matcher matcher = NO_GRADIENT.matcher(String.valueOf(failure.getMessage()));
    if (!matcher.find()) {
      return NativeFailure.of("The differentiation of the graph", failure);
    }
    String operation = matcher.group(1);
    var behind = flat.dependents(tensors);
    Optional<NodeDef> place =
        flat.nodes().stream()
            .filter(node -> node.getOp().equals(operation) && behind.contains(node.getName()))
            .findFirst();
    return new UnusableInputException(
        ("TensorFlow has no gradient for the operation " + operation)
            + place.map(node -> ", at " + node.getName()).orElse("")
            + ", which stands between attention and logits.",
        failure);
  }
}
