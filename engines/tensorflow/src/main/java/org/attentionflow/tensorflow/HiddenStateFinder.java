package org.attentionflow.tensorflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.NodeDef;

/**
 * Finds hidden states and word embeddings in a graph whose attention is known.
 *
 * <ul>
 *   <li>The hidden state before a layer is the one tensor that its queries, keys and values are all
 *       projected from.
 *   <li>The hidden state behind the last layer is the last tensor with a token axis through which
 *       every path from the last attention to the logits goes.
 *   <li>The word embeddings are the rows of a table that does not depend on the input, gathered by
 *       the token ids.
 * </ul>
 */
final class HiddenStateFinder {
  /** What leads from a tensor to the same numbers. */
  private static final Set<String> SAME_NUMBERS =
      Set.of("Identity", "Reshape", "Cast", "ExpandDims", "Squeeze", "EnsureShape", "Snapshot");

  /** What stands between a projection and the product it goes into. */
  private static final Set<String> AFTER_PROJECTION =
      Set.of("Transpose", "BiasAdd", "Add", "AddV2", "Mul", "RealDiv");

  private static final Set<String> GATHERS = Set.of("Gather", "GatherV2", "ResourceGather");

  private final FlatGraph graph;
  private final Set<String> dependent;
  private final TensorName ids;

  HiddenStateFinder(FlatGraph graph, TensorName ids) {
    this.graph = graph;
    this.dependent = graph.dependents(List.of(ids));
    this.ids = ids;
  }

  /** The word embeddings, if there is exactly one table that the ids choose from. */
  Optional<TensorName> wordEmbeddings() {
    List<TensorName> found = new ArrayList<>();
    for (NodeDef node : graph.nodes()) {
      List<TensorName> inputs = FlatGraph.inputs(node);
      if (GATHERS.contains(node.getOp())
          && !dependent.contains(inputs.get(0).node())
          && notNegative(sameNumbers(inputs.get(1))).equals(ids)) {
        found.add(TensorName.of(node.getName()));
      }
    }
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /**
   * The hidden states before each layer and behind the last.
   *
   * @param rank the number of axes of a tensor, or -1 if it is not known
   * @return one more than layers; empty if one of them is not found
   */
  List<TensorName> hiddenStates(
      List<Attention> layers, TensorName logits, ToIntFunction<TensorName> rank) {
    List<TensorName> states = new ArrayList<>();
    for (Attention layer : layers) {
      @Nullable TensorName before = before(layer);
      if (before == null) {
        return List.of();
      }
      states.add(before);
    }
    @Nullable TensorName last = last(layers.get(layers.size() - 1), logits, rank);
    if (last == null) {
      return List.of();
    }
    states.add(last);
    return states;
  }

  private @Nullable TensorName before(Attention layer) {
    List<TensorName> projected = new ArrayList<>(FlatGraph.inputs(layer.scores()));
    projected.add(FlatGraph.inputs(layer.product()).get(layer.values()));
    Set<TensorName> sources = new HashSet<>();
    for (TensorName tensor : projected) {
      @Nullable TensorName source = source(tensor);
      if (source == null) {
        return null;
      }
      sources.add(source);
    }
    return sources.size() == 1 ? sources.iterator().next() : null;
  }

  /** What a tensor is a projection of: the input of the first product with weights on the way. */
  private @Nullable TensorName source(TensorName tensor) {
    TensorName at = sameNumbers(tensor);
    while (dependent.contains(at.node())) {
      NodeDef node = graph.producer(at);
      List<TensorName> inputs =
          FlatGraph.inputs(node).stream().filter(in -> dependent.contains(in.node())).toList();
      if (AttentionFinder.isProduct(node)) {
        return inputs.size() == 1 ? sameNumbers(inputs.get(0)) : null;
      }
      if (!AFTER_PROJECTION.contains(node.getOp()) || inputs.isEmpty()) {
        return null;
      }
      at = sameNumbers(inputs.get(0));
    }
    return null;
  }

  /** The tensor that another one only repeats, in another form perhaps. */
  private TensorName sameNumbers(TensorName tensor) {
    TensorName at = tensor;
    while (SAME_NUMBERS.contains(graph.producer(at).getOp())
        || IdlePermutation.is(graph, graph.producer(at))) {
      at = FlatGraph.inputs(graph.producer(at)).get(0);
    }
    return at;
  }

  /**
   * The numbers that Keras 3 lets count from the end of a table where they are below zero, which
   * ids never are: what is chosen if {@code x < 0} does not hold.
   */
  private TensorName notNegative(TensorName chosen) {
    NodeDef choice = graph.producer(chosen);
    if (!choice.getOp().equals("SelectV2")) {
      return chosen;
    }
    List<TensorName> inputs = FlatGraph.inputs(choice);
    NodeDef condition = graph.producer(inputs.get(0));
    TensorName otherwise = sameNumbers(inputs.get(2));
    if (!condition.getOp().equals("Less")) {
      return chosen;
    }
    List<TensorName> compared = FlatGraph.inputs(condition);
    boolean isBelowZero =
        sameNumbers(compared.get(0)).equals(otherwise)
            && Nodes.isZero(graph.producer(compared.get(1)));
    return isBelowZero ? otherwise : chosen;
  }

  /** The last tensor with three axes on all paths from an attention to the logits. */
  private @Nullable TensorName last(
      Attention attention, TensorName logits, ToIntFunction<TensorName> rank) {
    TensorName start = TensorName.of(attention.product().getName());
    Set<String> between = graph.dependents(List.of(start));
    between.retainAll(graph.ancestors(logits));
    Map<String, Integer> readersLeft = new HashMap<>();
    for (NodeDef node : graph.nodes()) {
      if (between.contains(node.getName())) {
        makers(node).forEach(maker -> readersLeft.merge(maker, 1, Integer::sum));
      }
    }
    @Nullable TensorName last = null;
    Set<String> open = new HashSet<>();
    for (NodeDef node : graph.nodes()) {
      if (!between.contains(node.getName())) {
        continue;
      }
      for (String maker : makers(node)) {
        if (readersLeft.merge(maker, -1, Integer::sum) == 0) {
          open.remove(maker);
        }
      }
      open.add(node.getName());
      TensorName result = TensorName.of(node.getName());
      if (open.size() == 1 && rank.applyAsInt(result) == 3) {
        last = result;
      }
    }
    return last == null ? null : sameNumbers(last);
  }

  /** The nodes that a node reads from, each once. */
  private static Set<String> makers(NodeDef node) {
    Set<String> makers = new HashSet<>();
    FlatGraph.inputs(node).forEach(input -> makers.add(input.node()));
    return makers;
  }
}
