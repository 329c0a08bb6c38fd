package org.attentionflow.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.attentionflow.onnx.graph.Names;

/**
 * Takes out of a graph what {@link OnnxInstrumenter} added, so that such a file can be explained
 * like the one it was made from: the two inputs that say what is differentiated, every node and
 * output that depends on them, and attention and states as outputs.
 */
final class InstrumentRemoval {
  private static final Pattern ADDED =
      Pattern.compile("(attentions|hidden_states)\\.\\d+|word_embeddings");

  private InstrumentRemoval() {}

  /** The model without what was added; the same object if it does not have both of the inputs. */
  static ModelProto of(ModelProto model) {
    GraphProto graph = model.getGraph();
    Set<String> gone = new HashSet<>(List.of(Cotangent.LOGITS, Cotangent.PREDICTED));
    long inputs =
        graph.getInputList().stream().filter(input -> gone.contains(input.getName())).count();
    if (inputs != gone.size()) {
      return model;
    }
    // Nodes are in order: what a node reads stands before it.
    for (NodeProto node : graph.getNodeList()) {
      if (!Collections.disjoint(reads(node), gone)) {
        gone.addAll(node.getOutputList());
      }
    }
    List<ValueInfoProto> outputs =
        remaining(graph.getOutputList(), gone).stream()
            .filter(output -> !ADDED.matcher(output.getName()).matches())
            .toList();
    Set<String> used = new HashSet<>();
    outputs.forEach(output -> used.add(output.getName()));
    List<NodeProto> nodes = needed(graph, used);
    GraphProto.Builder changed = graph.toBuilder();
    changed.clearInput().addAllInput(remaining(graph.getInputList(), gone));
    changed.clearOutput().addAllOutput(outputs);
    changed.clearNode().addAllNode(renamed(nodes, new Names(graph)));
    changed.clearValueInfo();
    graph.getValueInfoList().stream()
        .filter(value -> used.contains(value.getName()))
        .filter(value -> !ADDED.matcher(value.getName()).matches())
        .forEach(changed::addValueInfo);
    changed.clearInitializer();
    graph.getInitializerList().stream()
        .filter(constant -> used.contains(constant.getName()))
        .forEach(changed::addInitializer);
    return model.toBuilder().setGraph(changed).build();
  }

  private static List<ValueInfoProto> remaining(List<ValueInfoProto> values, Set<String> gone) {
    return values.stream().filter(value -> !gone.contains(value.getName())).toList();
  }

  /**
   * The nodes that values are computed from, in order.
   *
   * @param used the values; gains every value that these nodes read
   */
  private static List<NodeProto> needed(GraphProto graph, Set<String> used) {
    List<NodeProto> kept = new ArrayList<>();
    for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
      NodeProto node = graph.getNode(i);
      if (!Collections.disjoint(node.getOutputList(), used)) {
        used.addAll(reads(node));
        kept.add(node);
      }
    }
    Collections.reverse(kept);
    return kept;
  }

  /**
   * Tensors that were renamed to become outputs give their names back, whatever they were before.
   */
  private static List<NodeProto> renamed(List<NodeProto> nodes, Names names) {
    Map<String, String> others = new HashMap<>();
    for (NodeProto node : nodes) {
      for (String output : node.getOutputList()) {
        if (ADDED.matcher(output).matches()) {
          others.put(output, names.fresh("tensor/" + output));
        }
      }
    }
    List<NodeProto> changed = new ArrayList<>();
    for (NodeProto node : nodes) {
      NodeProto.Builder copy = node.toBuilder().clearInput().clearOutput();
      node.getInputList().forEach(input -> copy.addInput(others.getOrDefault(input, input)));
      node.getOutputList().forEach(output -> copy.addOutput(others.getOrDefault(output, output)));
      changed.add(copy.build());
    }
    return changed;
  }

  /** The values that a node reads, those that graphs inside of it read from outside included. */
  private static Set<String> reads(NodeProto node) {
    Set<String> names = new HashSet<>(node.getInputList());
    for (AttributeProto attribute : node.getAttributeList()) {
      List<GraphProto> inside = new ArrayList<>(attribute.getGraphsList());
      if (attribute.hasG()) {
        inside.add(attribute.getG());
      }
      for (GraphProto graph : inside) {
        graph.getNodeList().forEach(inner -> names.addAll(reads(inner)));
      }
    }
    names.remove(""); // an optional input that is left out
    return names;
  }
}
