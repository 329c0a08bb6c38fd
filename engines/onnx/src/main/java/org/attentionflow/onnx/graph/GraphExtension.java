package org.attentionflow.onnx.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A graph with more nodes, inputs and outputs than it had. */
public final class GraphExtension {
  private final Graph graph;
  private final Names names;
  private final List<NodeProto> nodes = new ArrayList<>();
  private final List<TensorProto> constants = new ArrayList<>();
  private final List<ValueInfoProto> inputs = new ArrayList<>();
  private final List<ValueInfoProto> outputs = new ArrayList<>();
  private final Map<String, List<String>> nodeOutputs = new HashMap<>();
  private final Map<String, String> renamed = new HashMap<>();
  private final Set<String> fixed = new HashSet<>();
  private final Set<String> sizeNames = new HashSet<>();
  private final boolean hasInnerGraphs;

  /** Starts with a graph as it is. */
  public GraphExtension(Graph graph, Names names) {
    this.graph = graph;
    this.names = names;
    GraphProto stored = graph.model().getGraph();
    stored.getInputList().forEach(input -> fixed.add(input.getName()));
    stored.getInitializerList().forEach(tensor -> fixed.add(tensor.getName()));
    stored.getOutputList().forEach(output -> fixed.add(output.getName()));
    stored.getInputList().forEach(this::addSizeNames);
    stored.getOutputList().forEach(this::addSizeNames);
    this.hasInnerGraphs =
        graph.nodes().stream()
            .anyMatch(node -> node.getAttributeList().stream().anyMatch(a -> a.hasG()));
  }

  /** Takes note of the names that the model itself gives to sizes. */
  private void addSizeNames(ValueInfoProto info) {
    info.getType().getTensorType().getShape().getDimList().stream()
        .map(Dimension::getDimParam)
        .filter(name -> !name.isEmpty())
        .forEach(sizeNames::add);
  }

  /** Adds an input. */
  public void addInput(Value input) {
    inputs.add(info(input));
    fixed.add(input.name());
  }

  /** Adds nodes; they come after all others. */
  public void addNodes(List<NodeProto> added, List<TensorProto> addedConstants) {
    nodes.addAll(added);
    constants.addAll(addedConstants);
    addedConstants.forEach(tensor -> fixed.add(tensor.getName()));
  }

  /** The name of a tensor in another type: its own if it has that type, otherwise of a new one. */
  public String cast(Value value, ElementType type) {
    if (value.type() == type) {
      return value.name();
    }
    String name = names.fresh(value.name() + "_as_" + type);
    nodes.add(
        NodeProto.newBuilder()
            .setName(names.fresh("cast/" + name))
            .setOpType("Cast")
            .addInput(value.name())
            .addOutput(name)
            .addAttribute(Attributes.of("to", (long) type.code()))
            .build());
    return name;
  }

  /** Lets a node of the graph, found by its first output, have more outputs. */
  public void setOutputs(String firstOutput, List<String> all) {
    nodeOutputs.put(firstOutput, List.copyOf(all));
  }

  /**
   * Makes a tensor an output of 32-bit floats.
   *
   * @param value the tensor
   * @param shape its shape, as far as it is known
   * @param name the name of the output, one that the graph does not have
   */
  public void addOutput(Value value, Value shape, String name) {
    outputs.add(info(new Value(name, ElementType.FLOAT, shape.knownShape())));
    boolean isCast = value.type() != ElementType.FLOAT;
    if (isCast
        || hasInnerGraphs
        || fixed.contains(value.name())
        || renamed.containsKey(value.name())) {
      NodeProto.Builder copy = NodeProto.newBuilder().setName(names.fresh("output/" + name));
      copy.addInput(value.name()).addOutput(name).setOpType(isCast ? "Cast" : "Identity");
      if (isCast) {
        copy.addAttribute(Attributes.of("to", (long) ElementType.FLOAT.code()));
      }
      nodes.add(copy.build());
      fixed.add(value.name());
    } else {
      renamed.put(value.name(), name);
    }
  }

  /** The graph with all that was added. */
  public ModelProto build() {
    GraphProto stored = graph.model().getGraph();
    GraphProto.Builder extended =
        stored.toBuilder()
            .clearNode()
            .clearValueInfo()
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllInitializer(constants);
    for (ValueInfoProto info : stored.getValueInfoList()) {
      extended.addValueInfo(info.toBuilder().setName(name(info.getName())));
    }
    stored.getNodeList().forEach(node -> extended.addNode(withNames(node)));
    nodes.forEach(node -> extended.addNode(withNames(node)));
    return graph.model().toBuilder().setGraph(extended).build();
  }

  private NodeProto withNames(NodeProto node) {
    NodeProto.Builder changed = node.toBuilder();
    for (int i = 0; i < node.getInputCount(); i++) {
      changed.setInput(i, name(node.getInput(i)));
    }
    List<String> all =
        node.getOutputCount() == 0
            ? List.of()
            : nodeOutputs.getOrDefault(node.getOutput(0), node.getOutputList());
    changed.clearOutput();
    all.forEach(output -> changed.addOutput(name(output)));
    return changed.build();
  }

  private String name(String old) {
    return renamed.getOrDefault(old, old);
  }

  /** Sizes have the model's own names or none: not those by which the shapes were told apart. */
  private ValueInfoProto info(Value value) {
    TypeProto.Tensor.Builder type = TypeProto.Tensor.newBuilder().setElemType(value.type().code());
    value
        .shape()
        .ifPresent(
            shape -> {
              type.getShapeBuilder();
              for (int axis = 0; axis < shape.rank(); axis++) {
                if (shape.number(axis) >= 0) {
                  type.getShapeBuilder().addDimBuilder().setDimValue(shape.number(axis));
                } else if (sizeNames.contains(shape.size(axis))) {
                  type.getShapeBuilder().addDimBuilder().setDimParam(shape.size(axis));
                } else {
                  type.getShapeBuilder().addDimBuilder();
                }
              }
            });
    return ValueInfoProto.newBuilder()
        .setName(value.name())
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
