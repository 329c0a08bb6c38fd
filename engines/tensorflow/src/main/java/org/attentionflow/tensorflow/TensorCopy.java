package org.attentionflow.tensorflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.tensor.FloatTensor;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;

/** Copies native tensors of a padded batch into one array per input, without the padding. */
final class TensorCopy {
  private TensorCopy() {}

  /**
   * [batch, head, query, key], or the same with batch and head in one axis, as one [head, query,
   * key] per input.
   *
   * @param rows the number of rows of the batch, of which only the first ones may be inputs
   */
  static List<FloatTensor> attention(Tensor tensor, int[] lengths, int rows, int width) {
    long[] shape = tensor.shape().asArray();
    int rank = shape.length;
    boolean fits =
        (rank == 3 || rank == 4)
            && shape[rank - 1] == width
            && shape[rank - 2] == width
            && (rank == 4 ? shape[0] == rows : shape[0] % rows == 0);
    if (!fits) {
      throw new UnusableInputException(
          ("The attention of the graph has the shape " + Arrays.toString(shape))
              + (" for " + rows + " inputs of " + width + " tokens, not")
              + " [input, head, query, key].");
    }
    int headCount = (int) (rank == 4 ? shape[1] : shape[0] / rows);
    FloatDataBuffer source = tensor.asRawTensor().data().asFloats();
    List<FloatTensor> result = new ArrayList<>();
    for (int b = 0; b < lengths.length; b++) {
      int n = lengths[b];
      float[] values = new float[headCount * n * n];
      if (n == width) {
        read(source, (long) b * values.length, values, 0, values.length);
      } else {
        for (int head = 0; head < headCount; head++) {
          for (int query = 0; query < n; query++) {
            long from = (((long) b * headCount + head) * width + query) * width;
            read(source, from, values, (head * n + query) * n, n);
          }
        }
      }
      result.add(FloatTensor.of(values, headCount, n, n));
    }
    return result;
  }

  /** [batch, token, width], in that order whatever the axes, as one [token, width] per input. */
  static List<FloatTensor> vectors(Tensor tensor, int[] lengths, int rows, int tokenCount) {
    long elements = tensor.shape().size();
    long vectors = (long) rows * tokenCount;
    int width = (int) (elements / vectors);
    if (elements % vectors != 0 || last(tensor) != width) {
      throw new UnusableInputException(
          ("The hidden states of the graph have the shape " + tensor.shape())
              + (" for " + rows + " inputs of " + tokenCount + " tokens, not")
              + " [input, token, width].");
    }
    FloatDataBuffer source = tensor.asRawTensor().data().asFloats();
    List<FloatTensor> result = new ArrayList<>();
    for (int b = 0; b < lengths.length; b++) {
      float[] values = new float[lengths[b] * width];
      read(source, (long) b * tokenCount * width, values, 0, values.length);
      result.add(FloatTensor.of(values, lengths[b], width));
    }
    return result;
  }

  /** [batch, class] as one array per input. */
  static List<float[]> rows(Tensor tensor, int count) {
    long[] shape = tensor.shape().asArray();
    if (shape.length != 2 || shape[0] < count) {
      throw new UnusableInputException(
          ("The logits of the graph have the shape " + Arrays.toString(shape))
              + ", not [input, class]. Maybe the model is no sequence classifier.");
    }
    FloatDataBuffer source = tensor.asRawTensor().data().asFloats();
    List<float[]> rows = new ArrayList<>();
    for (int b = 0; b < count; b++) {
      float[] row = new float[(int) shape[1]];
      read(source, (long) b * row.length, row, 0, row.length);
      rows.add(row);
    }
    return rows;
  }

  private static long last(Tensor tensor) {
    long[] shape = tensor.shape().asArray();
    return shape.length == 0 ? 1 : shape[shape.length - 1];
  }

  private static void read(FloatDataBuffer source, long from, float[] target, int to, int count) {
    source.offset(from).read(target, to, count);
  }
}
