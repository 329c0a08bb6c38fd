package org.attentionflow.tensorflow;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The native memory that the constants of a graph need, in bytes. A constant can be stored as a
 * single value and a shape, and a function's constants are there once for every call of it, so that
 * a small file can claim any amount. Sums that do not fit 64 bits are {@link Long#MAX_VALUE}.
 */
final class ConstantMemory {
  /** What constants may need beyond the size of the file: masks of ones, tables of positions. */
  private static final long MOST_UNSTORED = 1L << 30;

  /** What a string takes besides its characters. */
  private static final long STRING = 24;

  private ConstantMemory() {}

  /**
   * Checks a graph as it was stored, with every function once.
   *
   * @throws UnusableInputException if a constant is not as large as it says, or all together claim
   *     far more than is stored
   */
  static void checkStored(GraphDef graph) {
    List<NodeDef> nodes = new ArrayList<>(graph.getNodeList());
    for (FunctionDef function : graph.getLibrary().getFunctionList()) {
      nodes.addAll(function.getNodeDefList());
    }
    nodes.forEach(node -> tensors(node).forEach(tensor -> checkContent(node, tensor)));
    check(nodes, FunctionDefLibrary.getDefaultInstance(), graph.getSerializedSize());
  }

  /**
   * Checks nodes as they would run, with a function's constants for every call.
   *
   * @param library the functions
   * @param stored the size of the file's graph in bytes
   * @throws UnusableInputException if the constants need far more than is stored
   */
  static void check(Collection<NodeDef> nodes, FunctionDefLibrary library, long stored) {
    long needed = FunctionClosure.total(nodes, library, ConstantMemory::bytes);
    if (needed - stored > MOST_UNSTORED) {
      String largest =
          nodes.stream()
              .max(Comparator.comparingLong(ConstantMemory::bytes))
              .map(NodeDef::getName)
              .orElse("");
      throw new UnusableInputException(
          ("The constants of the graph would take " + (needed >> 20) + " MiB, the largest being ")
              + (largest + ", but only " + stored + " bytes are stored.")
              + " Maybe the file is damaged.");
    }
  }

  /** The bytes that the constants of a node need. */
  static long bytes(NodeDef node) {
    return tensors(node).stream().mapToLong(ConstantMemory::bytes).reduce(0, ConstantMemory::plus);
  }

  private static List<TensorProto> tensors(NodeDef node) {
    List<TensorProto> tensors = new ArrayList<>();
    for (AttrValue value : node.getAttrMap().values()) {
      if (value.hasTensor()) {
        tensors.add(value.getTensor());
      }
      tensors.addAll(value.getList().getTensorList());
    }
    return tensors;
  }

  private static long bytes(TensorProto tensor) {
    long elements = elements(tensor.getTensorShape());
    long fixed = times(elements, elementSize(tensor.getDtype()));
    if (tensor.getDtype() != DataType.DT_STRING) {
      return fixed;
    }
    // The last string stands for all that follow it.
    long written = tensor.getStringValCount();
    long texts = tensor.getStringValList().stream().mapToLong(ByteString::size).sum();
    long last = written == 0 ? 0 : tensor.getStringVal((int) written - 1).size();
    return plus(fixed, plus(texts, times(Math.max(0, elements - written), last)));
  }

  /** The number of elements; an open size, which no constant has, counts as one. */
  private static long elements(TensorShapeProto shape) {
    boolean empty = shape.getDimList().stream().anyMatch(dimension -> dimension.getSize() == 0);
    return empty
        ? 0
        : shape.getDimList().stream()
            .mapToLong(dimension -> Math.max(1, dimension.getSize()))
            .reduce(1, ConstantMemory::times);
  }

  private static long elementSize(DataType type) {
    return switch (type) {
      case DT_BOOL, DT_INT8, DT_UINT8, DT_QINT8, DT_QUINT8 -> 1;
      case DT_INT4, DT_UINT4, DT_FLOAT8_E5M2, DT_FLOAT8_E4M3FN -> 1;
      case DT_HALF, DT_BFLOAT16, DT_INT16, DT_UINT16, DT_QINT16, DT_QUINT16 -> 2;
      case DT_FLOAT, DT_INT32, DT_UINT32, DT_QINT32 -> 4;
      case DT_DOUBLE, DT_INT64, DT_UINT64, DT_COMPLEX64 -> 8;
      case DT_COMPLEX128 -> 16;
      // Strings, and what has no size of its own.
      default -> STRING;
    };
  }

  private static void checkContent(NodeDef node, TensorProto tensor) {
    for (TensorShapeProto.Dim dimension : tensor.getTensorShape().getDimList()) {
      if (dimension.getSize() < 0) {
        throw new UnusableInputException(
            ("The constant " + node.getName() + " of the graph claims the size ")
                + (dimension.getSize() + " on an axis. Maybe the file is damaged."));
      }
    }
    long stored = tensor.getTensorContent().size();
    if (stored > 0 && tensor.getDtype() != DataType.DT_STRING && stored < bytes(tensor)) {
      throw new UnusableInputException(
          ("The constant " + node.getName() + " of the graph has " + stored + " bytes instead of ")
              + (bytes(tensor) + ". Maybe the file is damaged."));
    }
  }

  /** The sum of two numbers that are not negative, or the largest number there is. */
  static long plus(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  private static long times(long a, long b) {
    return a != 0 && b > Long.MAX_VALUE / a ? Long.MAX_VALUE : a * b;
  }
}
