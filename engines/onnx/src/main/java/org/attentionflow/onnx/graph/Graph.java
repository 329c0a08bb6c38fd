package org.attentionflow.onnx.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A graph with its nodes in an order in which each comes after those it depends on, and with who
 * makes and who reads each tensor. It does not change.
 */
public final class Graph {
  private final ModelProto model;
  private final Map<String, Value> values;
  private final Map<String, TensorProto> initializers = new LinkedHashMap<>();
  private final Map<String, NodeProto> producers = new HashMap<>();
  private final Map<String, List<NodeProto>> consumers = new HashMap<>();
  private final List<ValueInfoProto> inputs = new ArrayList<>();

  private Graph(ModelProto model, Map<String, Value> values) {
    this.model = model;
    this.values = values;
  }

  /**
   * Indexes a graph that was found to be in order.
   *
   * @param values what is known of its tensors, by name
   */
  public static Graph of(ModelProto model, Map<String, Value> values) {
    Graph graph = new Graph(model, values);
    GraphProto stored = model.getGraph();
    stored.getInitializerList().forEach(tensor -> graph.initializers.put(tensor.getName(), tensor));
    stored.getInputList().stream()
        .filter(input -> !graph.initializers.containsKey(input.getName()))
        .forEach(graph.inputs::add);
    for (NodeProto node : stored.getNodeList()) {
      node.getOutputList().forEach(name -> graph.producers.put(name, node));
      inputsOf(node)
          .forEach(
              name -> graph.consumers.computeIfAbsent(name, key -> new ArrayList<>()).add(node));
    }
    return graph;
  }

  /** The tensors a node reads, those of the graphs inside it included, each once. */
  public static Set<String> inputsOf(NodeProto node) {
    Set<String> names = new LinkedHashSet<>(node.getInputList());
    for (AttributeProto attribute : node.getAttributeList()) {
      List<GraphProto> inner = new ArrayList<>(attribute.getGraphsList());
      if (attribute.hasG()) {
        inner.add(attribute.getG());
      }
      for (GraphProto graph : inner) {
        graph.getNodeList().forEach(child -> names.addAll(inputsOf(child)));
      }
    }
    names.remove("");
    return names;
  }

  /** How messages call a node: its operator, its name and the tensor it makes. */
  public static String describe(NodeProto node) {
    String name = node.getName().isEmpty() ? "" : " '" + node.getName() + "'";
    return operator(node) + name + (node.getOutputCount() > 0 ? " -> " + node.getOutput(0) : "");
  }

  /** The operator of a node, with its domain if that is not ONNX's own. */
  public static String operator(NodeProto node) {
    String domain = domain(node);
    return domain.isEmpty() ? node.getOpType() : domain + "." + node.getOpType();
  }

  /** The domain of a node's operator; empty for ONNX's own. */
  public static String domain(NodeProto node) {
    return node.getDomain().equals("ai.onnx") ? "" : node.getDomain();
  }

  /** Whether a node has an operator of ONNX's own. */
  public static boolean is(@Nullable NodeProto node, String operator) {
    return node != null && domain(node).isEmpty() && node.getOpType().equals(operator);
  }

  /** The model as it is stored. */
  public ModelProto model() {
    return model;
  }

  /** The nodes, each after those it depends on. */
  public List<NodeProto> nodes() {
    return model.getGraph().getNodeList();
  }

  /** The inputs that have to be given when the graph runs. */
  public List<ValueInfoProto> inputs() {
    return List.copyOf(inputs);
  }

  /** What is known of a tensor. */
  public Value value(String name) {
    return values.getOrDefault(name, Value.of(name, ElementType.OTHER));
  }

  /** All that is known of tensors, by name. */
  public Map<String, Value> values() {
    return values;
  }

  /** The node that makes a tensor; null for inputs and weights. */
  public @Nullable NodeProto producer(String name) {
    return producers.get(name);
  }

  /** The nodes that read a tensor, in the order of the graph. */
  public List<NodeProto> consumers(String name) {
    return consumers.getOrDefault(name, List.of());
  }

  /** Whether a tensor is a weight or a constant. */
  public boolean isConstant(String name) {
    return initializers.containsKey(name) || is(producer(name), "Constant");
  }

  /** A tensor that stands in the file. */
  public Optional<TensorProto> constant(String name) {
    TensorProto tensor = initializers.get(name);
    NodeProto producer = producer(name);
    return tensor != null || producer == null
        ? Optional.ofNullable(tensor)
        : Constants.of(producer);
  }

  /** The weights by name. */
  public Map<String, TensorProto> initializers() {
    return initializers;
  }
}
