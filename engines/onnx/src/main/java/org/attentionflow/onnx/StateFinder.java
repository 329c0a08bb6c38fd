package org.attentionflow.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.onnx.graph.Graph;
import org.attentionflow.onnx.graph.Value;

/**
 * Finds the hidden states of a chain of layers. A hidden state is a bottleneck: everything that
 * goes on from the layer below passes through this one tensor. The state that a layer starts from
 * is the last bottleneck before its attention, for behind it the queries, keys, values and the
 * residual connection part. The last state is the last bottleneck with the axes batch, token and
 * width that is made as the others are.
 */
final class StateFinder {
  private static final int STATE_RANK = 3;

  private final Graph graph;
  private final Reach reach;

  StateFinder(Graph graph) {
    this.graph = graph;
    this.reach = new Reach(graph);
  }

  /**
   * The states of a graph whose attention is known.
   *
   * @throws UnusableInputException if the graph does not say for certain which they are
   */
  StateTensors find(InputRoles roles, List<AttentionTensor> layers, Value logits) {
    Value embeddings = embeddings(roles);
    List<Value> states = new ArrayList<>();
    String from = embeddings.name();
    for (AttentionTensor layer : layers) {
      String attention = layer.value().name();
      Set<String> sources = reach.to(attention);
      List<Value> before =
          bottlenecks(from, logits).stream()
              .filter(value -> sources.contains(value.name()))
              .toList();
      if (before.isEmpty()) {
        throw unsure("no tensor holds all that layer " + states.size() + " starts from");
      }
      states.add(before.get(before.size() - 1));
      from = attention;
    }
    states.add(last(from, logits, states.get(states.size() - 1)));
    return new StateTensors(states, embeddings);
  }

  private Value last(String attention, Value logits, Value model) {
    List<Value> similar =
        bottlenecks(attention, logits).stream()
            .filter(value -> making(value).equals(making(model)))
            .toList();
    if (similar.isEmpty() || !making(model).contains("constant")) {
      throw unsure("no tensor after the last attention is made as " + model + " is");
    }
    return similar.get(similar.size() - 1);
  }

  /** The operator behind a tensor and which of its operands stand in the file. */
  private String making(Value value) {
    NodeProto node = graph.producer(value.name());
    while (Graph.is(node, "Identity") || Graph.is(node, "Cast")) {
      node = node == null ? null : graph.producer(node.getInput(0));
    }
    if (node == null) {
      return "";
    }
    StringBuilder making = new StringBuilder(Graph.operator(node));
    for (String input : node.getInputList()) {
      boolean isConstant = !input.isEmpty() && !reach.dependsOnInputs(input);
      making.append(isConstant ? " constant" : " other");
    }
    return making.toString();
  }

  /** The lookup of token ids in a table. */
  private Value embeddings(InputRoles roles) {
    Set<String> ids = new HashSet<>(Set.of(roles.ids().name()));
    List<Value> found = new ArrayList<>();
    for (NodeProto node : graph.nodes()) {
      boolean passes = Graph.is(node, "Cast") || Graph.is(node, "Identity");
      if (passes && ids.contains(node.getInput(0))) {
        ids.add(node.getOutput(0));
      }
      if (Graph.is(node, "Gather")
          && ids.contains(node.getInput(1))
          && !reach.dependsOnInputs(node.getInput(0))) {
        found.add(graph.value(node.getOutput(0)));
      }
    }
    if (found.size() != 1 || found.get(0).rank() != STATE_RANK) {
      throw unsure(found.size() + " tables are read with the token ids");
    }
    return found.get(0);
  }

  /**
   * The tensors [batch, token, width] through which every way from one tensor to the logits goes,
   * in order. Going through the nodes, they are those that are for a moment the only ones made so
   * far, out of all that depend on the first, that a later node reads.
   */
  private List<Value> bottlenecks(String from, Value logits) {
    Set<String> needed = reach.to(logits.name());
    Set<String> downstream = reach.from(from);
    Map<String, Integer> readersLeft = new HashMap<>();
    for (NodeProto node : graph.nodes()) {
      if (isNeeded(node, needed) && !isShape(node)) {
        for (String input : Graph.inputsOf(node)) {
          if (counts(input, downstream)) {
            readersLeft.merge(input, 1, Integer::sum);
          }
        }
      }
    }
    Set<Value> found = new LinkedHashSet<>();
    Set<String> live = new HashSet<>(Set.of(from));
    addIfOnly(live, found);
    for (NodeProto node : graph.nodes()) {
      if (!isNeeded(node, needed) || isShape(node)) {
        continue;
      }
      boolean changed = false;
      for (String input : Graph.inputsOf(node)) {
        if (live.contains(input) && readersLeft.merge(input, -1, Integer::sum) == 0) {
          live.remove(input);
          changed = true;
        }
      }
      for (String output : node.getOutputList()) {
        if (counts(output, downstream) && readersLeft.getOrDefault(output, 0) > 0) {
          changed |= !output.equals(from) && live.add(output);
        }
      }
      if (changed) {
        addIfOnly(live, found);
      }
    }
    return List.copyOf(found);
  }

  private void addIfOnly(Set<String> live, Set<Value> found) {
    if (live.size() == 1) {
      Value value = graph.value(live.iterator().next());
      if (value.rank() == STATE_RANK) {
        found.add(value);
      }
    }
  }

  private boolean counts(String name, Set<String> downstream) {
    return downstream.contains(name) && graph.value(name).type().isFloating();
  }

  private static boolean isNeeded(NodeProto node, Set<String> needed) {
    return node.getOutputList().stream().anyMatch(needed::contains);
  }

  private static boolean isShape(NodeProto node) {
    return Graph.is(node, "Shape") || Graph.is(node, "Size");
  }

  private static UnusableInputException unsure(String why) {
    return new UnusableInputException(
        ("The hidden states of the graph cannot be told for certain: " + why + ".")
            + " Attention and its gradients are not affected.");
  }
}
