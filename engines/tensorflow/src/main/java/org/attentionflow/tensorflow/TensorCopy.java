package org.attentionflow.tensorflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.session.NativeLayer;
import org.attentionflow.huggingface.session.PaddedTensor;
import org.attentionflow.tensor.FloatTensor;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;

/** Copies native tensors of a padded batch into one array per input, without the padding. */
final class TensorCopy {
  private TensorCopy() {}

  /**
   * A layer to copy from while its tensors are there.
   *
   * @param attention [batch, head, query, key], or the same with batch and head in one axis
   * @param gradient the same; null if it was not asked for
   * @param rows the number of rows of the batch, of which only the first ones may be inputs
   */
  static NativeLayer layer(Tensor attention, @Nullable Tensor gradient, int rows, int width) {
    int headCount = headCount(attention, rows, width);
    if (gradient != null && headCount(gradient, rows, width) != headCount) {
      throw new UnusableInputException(
          ("The attention of the graph has the shape " + attention.shape())
              + (", its gradient " + gradient.shape() + "."));
    }
    return new NativeLayer(
        source(attention), gradient == null ? null : source(gradient), headCount, width);
  }

  private static int headCount(Tensor tensor, int rows, int width) {
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
    return (int) (rank == 4 ? shape[1] : shape[0] / rows);
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
    PaddedTensor source = source(tensor);
    List<FloatTensor> result = new ArrayList<>();
    for (int b = 0; b < lengths.length; b++) {
      result.add(source.vectors(b, lengths[b], tokenCount, width));
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
    PaddedTensor source = source(tensor);
    List<float[]> rows = new ArrayList<>();
    for (int b = 0; b < count; b++) {
      rows.add(source.row(b, (int) shape[1]));
    }
    return rows;
  }

  private static long last(Tensor tensor) {
    long[] shape = tensor.shape().asArray();
    return shape.length == 0 ? 1 : shape[shape.length - 1];
  }

  private static PaddedTensor source(Tensor tensor) {
    FloatDataBuffer data = tensor.asRawTensor().data().asFloats();
    return (from, target, to, count) -> data.offset(from).read(target, to, count);
  }
}
