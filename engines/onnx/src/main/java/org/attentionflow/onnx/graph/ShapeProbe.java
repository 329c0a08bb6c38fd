package org.attentionflow.onnx.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.attentionflow.failure.UnusableInputException;

/**
 * Types and shapes of all tensors of a model, as ONNX Runtime infers them when it loads a copy of
 * the graph in which every tensor is an output. Weights become inputs of the copy, so that loading
 * takes no time; it never runs.
 */
public final class ShapeProbe {
  /** Smaller tensors stay: shapes of others may depend on their elements. */
  private static final long MOST_ELEMENTS = 1024;

  private static final String RANK = "rank of ";

  private ShapeProbe() {}

  /**
   * What is known of a model's tensors.
   *
   * @param values type and shape of each tensor, by name
   * @param samples the shape of each tensor if the sizes that the inputs leave open were certain
   *     numbers; empty if nothing is open, or the graph does not take these numbers
   */
  public record Shapes(Map<String, Value> values, Map<String, ValueShape> samples) {
    /** Copies the maps. */
    public Shapes {
      values = Map.copyOf(values);
      samples = Map.copyOf(samples);
    }
  }

  /** What is known of each tensor, by name. */
  public static Shapes of(ModelProto model, Path folder) {
    GraphProto.Builder graph = withoutWeights(model.getGraph());
    Set<String> outputs = new HashSet<>();
    graph.getOutputList().forEach(output -> outputs.add(output.getName()));
    for (NodeProto node : model.getGraph().getNodeList()) {
      for (String name : node.getOutputList()) {
        if (!name.isEmpty() && outputs.add(name)) {
          graph.addOutput(ValueInfoProto.newBuilder().setName(name));
        }
      }
    }
    Map<String, Value> values =
        infer(model.toBuilder().setGraph(graph).build(), folder, OptLevel.NO_OPT);
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      values.put(
          tensor.getName(),
          new Value(
              tensor.getName(),
              ElementType.ofCode(tensor.getDataType()),
              ValueShape.of(tensor.getDimsList())));
    }
    tellScalars(model, graph, folder, values);
    return new Shapes(values, nameSizes(model, graph, folder, values));
  }

  /**
   * Gives sizes that are unknown to the runtime the name of the input's size that they equal.
   *
   * @return the shapes with numbers for open sizes
   */
  private static Map<String, ValueShape> nameSizes(
      ModelProto model, GraphProto.Builder graph, Path folder, Map<String, Value> values) {
    SampleSizes sizes = new SampleSizes();
    GraphProto.Builder sampled = graph.clone().clearInput().clearValueInfo();
    sampled.addAllInput(sizes.inputs(graph.build()));
    for (int i = 0; i < sampled.getOutputCount(); i++) {
      sampled.getOutputBuilder(i).clearType();
    }
    if (sizes.areOfNoUse()) {
      return Map.of();
    }
    Map<String, Value> numbers;
    try {
      numbers = infer(model.toBuilder().setGraph(sampled).build(), folder, OptLevel.BASIC_OPT);
    } catch (UnusableInputException doesNotFit) {
      // The graph does not take these sizes: what is not known stays unknown, as before.
      return Map.of();
    }
    Map<String, ValueShape> samples = new HashMap<>();
    numbers.forEach((name, value) -> value.shape().ifPresent(shape -> samples.put(name, shape)));
    for (Value value : List.copyOf(values.values())) {
      Value number = numbers.get(value.name());
      if (number != null && value.rank() > 0 && value.rank() == number.rank()) {
        ValueShape shape = sizes.named(value.shape().orElseThrow(), number.shape().orElseThrow());
        values.put(value.name(), new Value(value.name(), value.type(), shape));
      }
    }
    return samples;
  }

  /**
   * Tells tensors without axes from those with an unknown number of axes: the runtime reports both
   * alike, but knows the length of their shape.
   */
  private static void tellScalars(
      ModelProto model, GraphProto.Builder graph, Path folder, Map<String, Value> values) {
    List<String> doubtful = new ArrayList<>();
    for (NodeProto node : graph.getNodeList()) {
      for (String name : node.getOutputList()) {
        Value value = values.get(name);
        if (value != null && value.rank() == 0 && value.type().isFloating()) {
          if (!node.getOpType().equals("Constant")) {
            doubtful.add(name);
          }
        }
      }
    }
    if (doubtful.isEmpty()) {
      return;
    }
    GraphProto.Builder asking = graph.clone();
    for (String name : doubtful) {
      asking.addNode(
          NodeProto.newBuilder().setOpType("Shape").addInput(name).addOutput(RANK + name));
      asking.addOutput(ValueInfoProto.newBuilder().setName(RANK + name));
    }
    Map<String, Value> ranks =
        infer(model.toBuilder().setGraph(asking).build(), folder, OptLevel.NO_OPT);
    for (String name : doubtful) {
      Value rank = ranks.get(RANK + name);
      if (rank == null || rank.rank() != 1 || rank.shape().orElseThrow().number(0) != 0) {
        values.computeIfPresent(name, (key, value) -> Value.of(key, value.type()));
      }
    }
  }

  private static GraphProto.Builder withoutWeights(GraphProto stored) {
    GraphProto.Builder graph = stored.toBuilder().clearInitializer().clearSparseInitializer();
    Set<String> inputs = new HashSet<>();
    stored.getInputList().forEach(input -> inputs.add(input.getName()));
    for (TensorProto tensor : stored.getInitializerList()) {
      if (Constants.elementCount(tensor) <= MOST_ELEMENTS && !Constants.isExternal(tensor)) {
        graph.addInitializer(tensor);
      } else if (inputs.add(tensor.getName())) {
        graph.addInput(input(tensor));
      }
    }
    return graph;
  }

  private static ValueInfoProto input(TensorProto tensor) {
    TypeProto.Tensor.Builder type = TypeProto.Tensor.newBuilder().setElemType(tensor.getDataType());
    tensor.getDimsList().forEach(size -> type.getShapeBuilder().addDimBuilder().setDimValue(size));
    return ValueInfoProto.newBuilder()
        .setName(tensor.getName())
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }

  private static Map<String, Value> infer(ModelProto model, Path folder, OptLevel level) {
    try (OrtSession session = NativeRuntime.open(model, folder, 1, level)) {
      Map<String, Value> values = new HashMap<>();
      session.getInputInfo().forEach((name, info) -> values.put(name, value(name, info)));
      session.getOutputInfo().forEach((name, info) -> values.put(name, value(name, info)));
      return values;
    } catch (OrtException failure) {
      throw NativeRuntime.failure("ONNX Runtime cannot tell the types of the model", failure);
    }
  }

  private static Value value(String name, NodeInfo info) {
    if (!(info.getInfo() instanceof TensorInfo tensor)) {
      return Value.of(name, ElementType.OTHER);
    }
    long[] numbers = tensor.getShape();
    String[] names = tensor.getDimensionNames();
    List<String> sizes = new ArrayList<>();
    for (int axis = 0; axis < numbers.length; axis++) {
      sizes.add(numbers[axis] >= 0 ? String.valueOf(numbers[axis]) : names[axis]);
    }
    return new Value(name, type(tensor), new ValueShape(sizes));
  }

  /** The runtime's Java interface numbers types in another way than the format does. */
  private static ElementType type(TensorInfo tensor) {
    String name = tensor.onnxType.name();
    for (ElementType type : ElementType.values()) {
      if (name.endsWith("_TYPE_" + type.name())) {
        return type;
      }
    }
    return ElementType.OTHER;
  }
}
