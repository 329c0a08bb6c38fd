package org.attentionflow.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.attentionflow.onnx.graph.Graph;
import org.attentionflow.onnx.graph.Names;

/**
 * A graph without what {@link OnnxInstrumenter} added, so that such a file can be explained like
 * the one it was made from: the two inputs that say what is differentiated, every node and output
 * that depends on them, and attention and states as outputs. What the file gives out as attention
 * stays the attention: it may have been named by a user.
 *
 * @param model the model without what was added; the same object if nothing was
 * @param attention the tensors that the file gave out as the attention of its layers, first layer
 *     first; empty if nothing was added
 */
record InstrumentRemoval(ModelProto model, List<String> attention) {
  /** What outputs are called that are added, but for their gradients. */
  private static final Pattern ADDED =
      Pattern.compile("(attentions|hidden_states)\\.\\d+|word_embeddings");

  /** In the properties of a file, the names of its outputs that are attention. */
  private static final String PROPERTY = "attention_flow.attention";

  InstrumentRemoval {
    attention = List.copyOf(attention);
  }

  /** The model with a note of which of its outputs are attention. */
  static ModelProto marked(ModelProto model, List<String> outputs) {
    return model.toBuilder()
        .addMetadataProps(
            StringStringEntryProto.newBuilder()
                .setKey(PROPERTY)
                .setValue(String.join(" ", outputs)))
        .build();
  }

  /** Takes out what was added. */
  static InstrumentRemoval of(ModelProto model) {
    GraphProto graph = model.getGraph();
    List<String> marks =
        model.getMetadataPropsList().stream()
            .filter(InstrumentRemoval::isMark)
            .flatMap(mark -> Arrays.stream(mark.getValue().strip().split("\\s+")))
            .toList();
    Set<String> gone = new HashSet<>(List.of(Cotangent.LOGITS, Cotangent.PREDICTED));
    long inputs =
        graph.getInputList().stream().filter(input -> gone.contains(input.getName())).count();
    if (inputs != gone.size() && marks.isEmpty()) {
      return new InstrumentRemoval(model, List.of());
    }
    // Nodes are in order: what a node reads stands before it.
    for (NodeProto node : graph.getNodeList()) {
      if (!Collections.disjoint(reads(node), gone)) {
        gone.addAll(node.getOutputList());
      }
    }
    return without(model, gone, marks.isEmpty() ? numbered(graph) : marks);
  }

  private static boolean isMark(StringStringEntryProto property) {
    return property.getKey().equals(PROPERTY);
  }

  /** The outputs that are called as attention is, of a file that has lost its properties. */
  private static List<String> numbered(GraphProto graph) {
    Set<String> outputs = new HashSet<>();
    graph.getOutputList().forEach(output -> outputs.add(output.getName()));
    return IntStream.range(0, outputs.size())
        .mapToObj(layer -> "attentions." + layer)
        .takeWhile(outputs::contains)
        .toList();
  }

  private static InstrumentRemoval without(
      ModelProto model, Set<String> gone, List<String> attentionOutputs) {
    GraphProto graph = model.getGraph();
    List<ValueInfoProto> outputs =
        remaining(graph.getOutputList(), gone).stream()
            .filter(output -> !ADDED.matcher(output.getName()).matches())
            .filter(output -> !attentionOutputs.contains(output.getName()))
            .toList();
    Set<String> used = new HashSet<>();
    outputs.forEach(output -> used.add(output.getName()));
    needed(graph, used);
    List<String> attention = behind(graph, attentionOutputs, used);
    used.addAll(attention);
    List<NodeProto> nodes = needed(graph, used);
    Map<String, String> others = others(nodes, new Names(graph));
    GraphProto.Builder changed = graph.toBuilder();
    changed.clearInput().addAllInput(remaining(graph.getInputList(), gone));
    changed.clearOutput().addAllOutput(outputs);
    changed.clearNode().addAllNode(renamed(nodes, others));
    changed.clearValueInfo();
    graph.getValueInfoList().stream()
        .filter(value -> used.contains(value.getName()))
        .filter(value -> !ADDED.matcher(value.getName()).matches())
        .forEach(changed::addValueInfo);
    changed.clearInitializer();
    graph.getInitializerList().stream()
        .filter(constant -> used.contains(constant.getName()))
        .forEach(changed::addInitializer);
    ModelProto.Builder removed = model.toBuilder().setGraph(changed).clearMetadataProps();
    model.getMetadataPropsList().stream()
        .filter(property -> !isMark(property))
        .forEach(removed::addMetadataProps);
    return new InstrumentRemoval(
        removed.build(), attention.stream().map(name -> others.getOrDefault(name, name)).toList());
  }

  /**
   * The tensors that outputs stand for: those in front of nodes that only copy them for the output.
   *
   * @param used what the other outputs depend on
   */
  private static List<String> behind(GraphProto graph, List<String> outputs, Set<String> used) {
    Map<String, String> copied = new HashMap<>();
    for (NodeProto node : graph.getNodeList()) {
      boolean copies = Graph.is(node, "Identity") || Graph.is(node, "Cast");
      if (copies && !used.contains(node.getOutput(0))) {
        copied.put(node.getOutput(0), node.getInput(0));
      }
    }
    return outputs.stream().map(name -> copied.getOrDefault(name, name)).toList();
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
   * Other names for tensors that were renamed to become outputs: they give their names back,
   * whatever they were before.
   */
  private static Map<String, String> others(List<NodeProto> nodes, Names names) {
    Map<String, String> others = new HashMap<>();
    for (NodeProto node : nodes) {
      for (String output : node.getOutputList()) {
        if (ADDED.matcher(output).matches()) {
          others.put(output, names.fresh("tensor/" + output));
        }
      }
    }
    return others;
  }

  private static List<NodeProto> renamed(List<NodeProto> nodes, Map<String, String> others) {
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
