package org.attentionflow.tensorflow;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.tensor.FloatTensor;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;

/** Writes a graph whose weights, those of a checkpoint, are variables or constants. */
class WeightedGraph extends GraphBuilder {
  private final GoldenWeights weights;
  private final boolean variables;
  private final Map<String, String> handles = new TreeMap<>();

  /**
   * Prepares the graph.
   *
   * @param variables whether weights are variables instead of constants
   */
  WeightedGraph(GoldenWeights weights, boolean variables) {
    this.weights = weights;
    this.variables = variables;
  }

  /** The weights of the checkpoint. */
  final GoldenWeights weights() {
    return weights;
  }

  /** The nodes of variables, by the name of the weight. */
  final Map<String, String> handles() {
    return handles;
  }

  /** A weight of the checkpoint. */
  final String weight(String name) {
    return weight(name, weights.get(name));
  }

  /** A weight made of others. */
  final String weight(String name, FloatTensor values) {
    if (variables) {
      return op(
          "ReadVariableOp", Map.of("dtype", Nodes.type(DataType.DT_FLOAT)), handle(name, values));
    }
    return constant(
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(Nodes.shapeOf(longs(values.shape())))
            .setTensorContent(ByteString.copyFrom(GoldenWeights.bytes(values)))
            .build());
  }

  /** Rows of a table. */
  final String lookup(String name, String indices) {
    FloatTensor table = weights.get(name);
    if (!variables) {
      return gather(weight(name, table), indices, DataType.DT_FLOAT, DataType.DT_INT32);
    }
    return op(
        "Identity",
        op(
            "ResourceGather",
            Map.of(
                "dtype", Nodes.type(DataType.DT_FLOAT),
                "Tindices", Nodes.type(DataType.DT_INT32),
                "batch_dims", Nodes.number(0),
                "validate_indices", Nodes.flag(true)),
            handle(name, table),
            indices));
  }

  private String handle(String name, FloatTensor values) {
    return handles.computeIfAbsent(
        name,
        key ->
            add(
                Nodes.node("VarHandleOp", key.replace('.', '/'))
                    .putAttr("dtype", Nodes.type(DataType.DT_FLOAT))
                    .putAttr("shape", Nodes.shape(longs(values.shape())))
                    .putAttr("shared_name", Nodes.text(key))
                    .build()));
  }

  static long[] longs(int[] shape) {
    return Arrays.stream(shape).asLongStream().toArray();
  }
}
