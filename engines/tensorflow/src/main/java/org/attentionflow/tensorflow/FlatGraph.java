package org.attentionflow.tensorflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.attentionflow.failure.UnusableInputException;
import org.tensorflow.proto.NodeDef;

/**
 * A graph without calls of functions: nodes by name, and who reads whose output. Walks over it are
 * loops, not recursions, so that no graph is too deep.
 */
final class FlatGraph {
  /**
   * A node that reads a tensor.
   *
   * @param node the reader
   * @param input which of its inputs, counted without control inputs
   */
  record Use(NodeDef node, int input) {}

  private final Map<String, NodeDef> nodes;
  private final UnaryOperator<TensorName> aliases;
  private final Map<TensorName, List<Use>> uses = new HashMap<>();

  private FlatGraph(Map<String, NodeDef> nodes, UnaryOperator<TensorName> aliases) {
    this.nodes = nodes;
    this.aliases = aliases;
    for (NodeDef node : nodes.values()) {
      List<TensorName> inputs = inputs(node);
      for (int i = 0; i < inputs.size(); i++) {
        uses.computeIfAbsent(inputs.get(i), tensor -> new ArrayList<>()).add(new Use(node, i));
      }
    }
  }

  /**
   * A graph of nodes in any order.
   *
   * @param aliases the tensor of the graph that a name in the original graph stands for
   */
  static FlatGraph of(Map<String, NodeDef> nodes, UnaryOperator<TensorName> aliases) {
    return new FlatGraph(new LinkedHashMap<>(nodes), aliases);
  }

  /** The nodes; after {@link #prunedTo}, every node stands behind those it reads from. */
  Collection<NodeDef> nodes() {
    return nodes.values();
  }

  /** The tensor that a name in the original graph stands for. */
  TensorName tensor(TensorName original) {
    return aliases.apply(original);
  }

  /**
   * A node by name.
   *
   * @throws UnusableInputException if there is none
   */
  NodeDef node(String name) {
    NodeDef node = nodes.get(name);
    if (node == null) {
      throw new UnusableInputException(
          "The graph has no node " + name + ", though it is read from. Maybe the file is damaged.");
    }
    return node;
  }

  /** Whether there is a node of a name. */
  boolean contains(String name) {
    return nodes.containsKey(name);
  }

  /** The tensors a node reads, without control inputs. */
  static List<TensorName> inputs(NodeDef node) {
    return node.getInputList().stream()
        .filter(input -> !TensorName.isControl(input))
        .map(TensorName::parse)
        .toList();
  }

  /** Who reads a tensor. */
  List<Use> uses(TensorName tensor) {
    return uses.getOrDefault(tensor, List.of());
  }

  /** The node that makes a tensor. */
  NodeDef producer(TensorName tensor) {
    return node(tensor.node());
  }

  /**
   * The part of the graph that some tensors depend on, in an order in which every node stands
   * behind those it reads from.
   *
   * @throws UnusableInputException if that part has a cycle or reads from a missing node
   */
  FlatGraph prunedTo(Collection<TensorName> wanted) {
    Map<String, NodeDef> ordered = new LinkedHashMap<>();
    Set<String> open = new HashSet<>();
    Deque<String> stack = new ArrayDeque<>();
    wanted.forEach(tensor -> stack.push(tensor.node()));
    while (!stack.isEmpty()) {
      String name = stack.peek();
      if (ordered.containsKey(name)) {
        stack.pop();
      } else if (open.add(name)) {
        pushInputs(node(name), ordered, open, stack);
      } else {
        ordered.put(name, node(name));
        stack.pop();
      }
    }
    return new FlatGraph(ordered, aliases);
  }

  private static void pushInputs(
      NodeDef node, Map<String, NodeDef> ordered, Set<String> open, Deque<String> stack) {
    for (String input : node.getInputList()) {
      String from =
          TensorName.isControl(input)
              ? TensorName.controlled(input)
              : TensorName.parse(input).node();
      if (ordered.containsKey(from)) {
        continue;
      }
      if (open.contains(from)) {
        throw new UnusableInputException(
            ("The graph has a cycle through " + from + " and " + node.getName() + ".")
                + " Maybe it is a loop of TensorFlow 1, which is not supported.");
      }
      stack.push(from);
    }
  }

  /** The names of the nodes that depend on some tensors, their makers included. */
  Set<String> dependents(Collection<TensorName> tensors) {
    Set<String> reached = new LinkedHashSet<>();
    Deque<String> waiting = new ArrayDeque<>();
    Map<String, List<String>> readers = new HashMap<>();
    uses.forEach(
        (tensor, list) ->
            list.forEach(
                use ->
                    readers
                        .computeIfAbsent(tensor.node(), name -> new ArrayList<>())
                        .add(use.node().getName())));
    tensors.forEach(tensor -> waiting.add(tensor.node()));
    while (!waiting.isEmpty()) {
      String name = Objects.requireNonNull(waiting.poll());
      if (reached.add(name)) {
        waiting.addAll(readers.getOrDefault(name, List.of()));
      }
    }
    return reached;
  }

  /** The names of the nodes that a tensor depends on through data, its maker included. */
  Set<String> ancestors(TensorName tensor) {
    Set<String> reached = new LinkedHashSet<>();
    Deque<String> waiting = new ArrayDeque<>(List.of(tensor.node()));
    while (!waiting.isEmpty()) {
      String name = Objects.requireNonNull(waiting.poll());
      if (reached.add(name)) {
        inputs(node(name)).forEach(input -> waiting.add(input.node()));
      }
    }
    return reached;
  }
}
