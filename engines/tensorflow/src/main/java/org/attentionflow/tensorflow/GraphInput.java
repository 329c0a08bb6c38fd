package org.attentionflow.tensorflow;

import java.util.List;
import org.attentionflow.failure.UnusableInputException;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A tensor [batch, token] that a graph is fed with.
 *
 * @param tensor its name in the graph
 * @param wide whether its elements have 64 bits instead of 32
 * @param batchSize the number of inputs it needs, or {@link #ANY}
 * @param tokenCount the number of tokens it needs, or {@link #ANY}
 */
record GraphInput(TensorName tensor, boolean wide, int batchSize, int tokenCount) {
  /** A size that the graph leaves open. */
  static final int ANY = -1;

  /** A graph that takes more inputs at once would spend all its time on copies of one. */
  private static final long MOST_INPUTS = 4096;

  private static final long MOST_TOKENS = 1 << 20;

  /**
   * Checks that a graph's input is a table of whole numbers.
   *
   * @throws UnusableInputException if it is not
   */
  static GraphInput of(TensorName tensor, DataType type, TensorShapeProto shape) {
    if (type != DataType.DT_INT32 && type != DataType.DT_INT64) {
      throw new UnusableInputException(
          ("The graph's input " + tensor + " is of type " + type + ", not int32 or int64.")
              + " Maybe save it again with whole numbers (keras.Input with dtype).");
    }
    if (shape.getUnknownRank() || shape.getDimCount() == 0) {
      return new GraphInput(tensor, type == DataType.DT_INT64, ANY, ANY);
    }
    if (shape.getDimCount() != 2) {
      throw new UnusableInputException(
          ("The graph's input " + tensor + " has " + shape.getDimCount() + " dimensions instead of")
              + " two, batch and token.");
    }
    return new GraphInput(
        tensor, type == DataType.DT_INT64, size(tensor, shape, 0), size(tensor, shape, 1));
  }

  private static int size(TensorName tensor, TensorShapeProto shape, int axis) {
    long size = shape.getDim(axis).getSize();
    if (size < ANY || size == 0 || size > (axis == 0 ? MOST_INPUTS : MOST_TOKENS)) {
      throw new UnusableInputException(
          "The graph's input " + tensor + " claims the size " + size + " on axis " + axis + ".");
    }
    return (int) size;
  }

  /** A fixed size that all inputs agree on. */
  static int common(List<Integer> sizes) {
    List<Integer> fixed = sizes.stream().filter(size -> size != ANY).distinct().toList();
    if (fixed.size() > 1) {
      throw new UnusableInputException(
          "The graph's inputs have different sizes: "
              + fixed.get(0)
              + " and "
              + fixed.get(1)
              + ".");
    }
    return fixed.isEmpty() ? ANY : fixed.get(0);
  }
}
