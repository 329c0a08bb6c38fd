package org.attentionflow.tensorflow;

import com.google.protobuf.ByteString;
import java.util.stream.IntStream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Builds single nodes of a graph. */
final class Nodes {
  private Nodes() {}

  /** A node with inputs in order and no attributes yet. */
  static NodeDef.Builder node(String operation, String name, String... inputs) {
    NodeDef.Builder node = NodeDef.newBuilder().setOp(operation).setName(name);
    for (String input : inputs) {
      node.addInput(input);
    }
    return node;
  }

  static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  static AttrValue flag(boolean value) {
    return AttrValue.newBuilder().setB(value).build();
  }

  static AttrValue number(long value) {
    return AttrValue.newBuilder().setI(value).build();
  }

  static AttrValue text(String value) {
    return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
  }

  /** A shape; -1 is an open size. */
  static AttrValue shape(long... sizes) {
    return AttrValue.newBuilder().setShape(shapeOf(sizes)).build();
  }

  static TensorShapeProto shapeOf(long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return shape.build();
  }

  /** A constant whole number. */
  static NodeDef scalar(String name, int value) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_INT32)
            .setTensorShape(shapeOf())
            .addIntVal(value)
            .build();
    return constant(name, tensor);
  }

  static NodeDef scalar(String name, float value) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(shapeOf())
            .addFloatVal(value)
            .build();
    return constant(name, tensor);
  }

  static NodeDef constant(String name, TensorProto tensor) {
    return node("Const", name)
        .putAttr("dtype", type(tensor.getDtype()))
        .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build())
        .build();
  }

  /** The value of a constant; empty if it has none. */
  static TensorProto constant(NodeDef node) {
    return node.getAttrMap().getOrDefault("value", AttrValue.getDefaultInstance()).getTensor();
  }

  /** Whether a node is a constant whole number 0. */
  static boolean isZero(NodeDef node) {
    TensorProto tensor = constant(node);
    return node.getOp().equals("Const")
        && tensor.getTensorShape().getDimCount() == 0
        && (tensor.getDtype() == DataType.DT_INT32 || tensor.getDtype() == DataType.DT_INT64)
        && tensor.getIntValList().stream().allMatch(value -> value == 0)
        && tensor.getInt64ValList().stream().allMatch(value -> value == 0)
        && IntStream.range(0, tensor.getTensorContent().size())
            .allMatch(i -> tensor.getTensorContent().byteAt(i) == 0);
  }

  /** The number of elements of a shape; 0 if it leaves a size open. */
  static long elementCount(TensorShapeProto shape) {
    long count = shape.getUnknownRank() ? 0 : 1;
    for (TensorShapeProto.Dim dimension : shape.getDimList()) {
      count *= Math.max(0, dimension.getSize());
    }
    return count;
  }

  /** Whether a node is a constant array of floating-point numbers, as weights of a frozen graph. */
  static boolean isFloatArray(NodeDef node) {
    if (!node.getOp().equals("Const")) {
      return false;
    }
    TensorProto tensor = constant(node);
    return tensor.getTensorShape().getDimCount() > 0
        && (tensor.getDtype() == DataType.DT_FLOAT
            || tensor.getDtype() == DataType.DT_HALF
            || tensor.getDtype() == DataType.DT_BFLOAT16
            || tensor.getDtype() == DataType.DT_DOUBLE);
  }
}
