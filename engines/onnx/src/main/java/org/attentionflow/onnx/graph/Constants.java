package org.attentionflow.onnx.graph;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Small tensors that stand in the file itself: shapes, axes, switches. */
public final class Constants {
  /** Larger ones are weights. */
  private static final int MOST_ELEMENTS = 4096;

  private Constants() {}

  /** A list of 64-bit integers as a tensor. */
  public static TensorProto longs(String name, long... values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name);
    tensor.setDataType(ElementType.INT64.code()).addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return tensor.build();
  }

  /** A single 64-bit integer, without axes. */
  public static TensorProto scalar(String name, long value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(ElementType.INT64.code())
        .addInt64Data(value)
        .build();
  }

  /** A single 32-bit float, without axes. */
  public static TensorProto scalar(String name, float value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(ElementType.FLOAT.code())
        .addFloatData(value)
        .build();
  }

  /** The value of a node {@code Constant}, if the node is one that holds a tensor or numbers. */
  static Optional<TensorProto> of(NodeProto node) {
    if (!node.getOpType().equals("Constant") || node.getOutputCount() != 1) {
      return Optional.empty();
    }
    String name = node.getOutput(0);
    return Attributes.find(node, "value")
        .map(attribute -> attribute.getT())
        .or(() -> Attributes.find(node, "value_int").map(a -> scalar(name, a.getI())))
        .or(() -> Attributes.find(node, "value_float").map(a -> scalar(name, a.getF())))
        .or(
            () ->
                Attributes.integers(node, "value_ints")
                    .map(all -> longs(name, all.stream().mapToLong(Long::longValue).toArray())));
  }

  /** The elements of a small tensor of integers or truth values. */
  public static Optional<List<Long>> wholeNumbers(TensorProto tensor) {
    ElementType type = ElementType.ofCode(tensor.getDataType());
    if (type.isFloating() || !isSmall(tensor)) {
      return Optional.empty();
    }
    if (tensor.getInt64DataCount() > 0) {
      return Optional.of(tensor.getInt64DataList());
    }
    if (tensor.getInt32DataCount() > 0) {
      return Optional.of(tensor.getInt32DataList().stream().map(Integer::longValue).toList());
    }
    ByteBuffer bytes = raw(tensor);
    List<Long> values = new ArrayList<>();
    while (type.byteCount() > 0 && bytes.remaining() >= type.byteCount()) {
      switch (type.byteCount()) {
        case 8 -> values.add(bytes.getLong());
        case 4 -> values.add((long) bytes.getInt());
        case 2 -> values.add((long) bytes.getShort());
        default -> values.add((long) bytes.get());
      }
    }
    return Optional.of(values);
  }

  /** The only element of a tensor of 32-bit or 64-bit floats. */
  public static Optional<Double> number(TensorProto tensor) {
    ElementType type = ElementType.ofCode(tensor.getDataType());
    if (tensor.getFloatDataCount() == 1) {
      return Optional.of((double) tensor.getFloatData(0));
    }
    if (tensor.getDoubleDataCount() == 1) {
      return Optional.of(tensor.getDoubleData(0));
    }
    if (type == ElementType.FLOAT && tensor.getRawData().size() == Float.BYTES) {
      return Optional.of((double) raw(tensor).getFloat());
    }
    if (type == ElementType.DOUBLE && tensor.getRawData().size() == Double.BYTES) {
      return Optional.of(raw(tensor).getDouble());
    }
    return Optional.empty();
  }

  /** The number of elements of a tensor; -1 if it is negative or more than a long holds. */
  public static long elementCount(TensorProto tensor) {
    long count = 1;
    for (long size : tensor.getDimsList()) {
      if (size < 0 || (size > 0 && count > Long.MAX_VALUE / size)) {
        return -1;
      }
      count *= size;
    }
    return count;
  }

  private static boolean isSmall(TensorProto tensor) {
    long count = elementCount(tensor);
    return count >= 0 && count <= MOST_ELEMENTS && !isExternal(tensor);
  }

  /** Whether the elements stand in another file. */
  static boolean isExternal(TensorProto tensor) {
    return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
  }

  private static ByteBuffer raw(TensorProto tensor) {
    return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }
}
