package org.attentionflow.tensorflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * Writes the nodes of a graph one after the other. Tensors are names; every method returns that of
 * the tensor it makes.
 */
class GraphBuilder {
  private final Map<String, NodeDef> nodes = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private String scope = "";

  List<NodeDef> nodes() {
    return new ArrayList<>(nodes.values());
  }

  /** Puts what follows under a name. */
  void scope(String name) {
    scope = name.isEmpty() ? "" : name + "/";
  }

  /** Lets a node wait for another. */
  void waits(String node, String other) {
    nodes.computeIfPresent(node, (name, built) -> built.toBuilder().addInput("^" + other).build());
  }

  String add(NodeDef node) {
    if (nodes.put(node.getName(), node) != null) {
      throw new IllegalArgumentException("Two nodes " + node.getName());
    }
    return node.getName();
  }

  /** A node of 32-bit floats with a name of its own. */
  String op(String operation, String... inputs) {
    return op(operation, Map.of("T", Nodes.type(DataType.DT_FLOAT)), inputs);
  }

  String op(String operation, Map<String, AttrValue> attributes, String... inputs) {
    int count = counts.merge(scope + operation, 1, Integer::sum);
    String name = scope + operation + (count == 1 ? "" : "_" + (count - 1));
    return add(Nodes.node(operation, name, inputs).putAllAttr(attributes).build());
  }

  String placeholder(String name, DataType type, long... shape) {
    return add(
        Nodes.node("Placeholder", name)
            .putAttr("dtype", Nodes.type(type))
            .putAttr("shape", Nodes.shape(shape))
            .build());
  }

  String ints(int... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_INT32)
            .setTensorShape(Nodes.shapeOf(values.length));
    for (int value : values) {
      tensor.addIntVal(value);
    }
    return constant(tensor.build());
  }

  String number(int value) {
    return add(Nodes.scalar(unused("Const"), value));
  }

  String number(float value) {
    return add(Nodes.scalar(unused("Const"), value));
  }

  String constant(TensorProto tensor) {
    return add(Nodes.constant(unused("Const"), tensor));
  }

  String unused(String operation) {
    int count = counts.merge(scope + operation, 1, Integer::sum);
    return scope + operation + (count == 1 ? "" : "_" + (count - 1));
  }

  String reshape(String tensor, String shape) {
    return op("Reshape", types("T", DataType.DT_FLOAT, "Tshape", DataType.DT_INT32), tensor, shape);
  }

  String transpose(String tensor, int... permutation) {
    return op(
        "Transpose",
        types("T", DataType.DT_FLOAT, "Tperm", DataType.DT_INT32),
        tensor,
        ints(permutation));
  }

  String batchMatMul(String x, String y, boolean transposeY) {
    return op(
        "BatchMatMulV2",
        Map.of(
            "T", Nodes.type(DataType.DT_FLOAT),
            "adj_x", Nodes.flag(false),
            "adj_y", Nodes.flag(transposeY)),
        x,
        y);
  }

  String matMul(String x, String y) {
    return op(
        "MatMul",
        Map.of(
            "T", Nodes.type(DataType.DT_FLOAT),
            "transpose_a", Nodes.flag(false),
            "transpose_b", Nodes.flag(false)),
        x,
        y);
  }

  String einsum(String equation, String x, String y) {
    return op(
        "Einsum",
        Map.of(
            "T", Nodes.type(DataType.DT_FLOAT),
            "N", Nodes.number(2),
            "equation", Nodes.text(equation)),
        x,
        y);
  }

  String mean(String tensor, int axis) {
    return op(
        "Mean",
        Map.of(
            "T", Nodes.type(DataType.DT_FLOAT),
            "Tidx", Nodes.type(DataType.DT_INT32),
            "keep_dims", Nodes.flag(true)),
        tensor,
        ints(axis));
  }

  String shapeOf(String tensor, DataType type) {
    return op("Shape", types("T", type, "out_type", DataType.DT_INT32), tensor);
  }

  /** tensor[from : to] along the axes that are given, or tensor[from] if it shrinks. */
  String slice(
      String tensor,
      DataType type,
      int[] from,
      int[] to,
      int[] step,
      long begin,
      long end,
      long drop,
      long added) {
    return op(
        "StridedSlice",
        Map.of(
            "T", Nodes.type(type),
            "Index", Nodes.type(DataType.DT_INT32),
            "begin_mask", Nodes.number(begin),
            "end_mask", Nodes.number(end),
            "ellipsis_mask", Nodes.number(0),
            "new_axis_mask", Nodes.number(added),
            "shrink_axis_mask", Nodes.number(drop)),
        tensor,
        ints(from),
        ints(to),
        ints(step));
  }

  String gather(String table, String indices, DataType type, DataType indexType) {
    return op(
        "GatherV2",
        Map.of(
            "Tparams", Nodes.type(type),
            "Tindices", Nodes.type(indexType),
            "Taxis", Nodes.type(DataType.DT_INT32),
            "batch_dims", Nodes.number(0)),
        table,
        indices,
        number(0));
  }

  String cast(String tensor, DataType from, DataType to) {
    return op("Cast", types("SrcT", from, "DstT", to), tensor);
  }

  static Map<String, AttrValue> types(String a, DataType first, String b, DataType second) {
    return Map.of(a, Nodes.type(first), b, Nodes.type(second));
  }
}
