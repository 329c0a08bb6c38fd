package org.attentionflow.huggingface.session;

import java.nio.FloatBuffer;
import org.attentionflow.tensor.FloatTensor;
import org.attentionflow.tensor.Ranges;

/** A native tensor of a padded batch, of which one input is copied without the padding. */
public interface PaddedTensor {
  /** As many numbers are copied before another thread would have begun. */
  int LEAST_COPY = 1 << 16;

  /** Copies numbers that lie side by side: from an index of the tensor to one of the array. */
  void read(long from, float[] target, int to, int count);

  /** A tensor whose numbers lie in a buffer. */
  static PaddedTensor of(FloatBuffer buffer) {
    return (from, target, to, count) -> buffer.get(Math.toIntExact(from), target, to, count);
  }

  /** One input of [batch, head, query, key] as [head, query, key]; width is that of the batch. */
  default FloatTensor attention(int input, int length, int headCount, int width) {
    NativeLayer layer = new NativeLayer(this, null, headCount, width);
    return attention(input, length, layer, new float[headCount * length * length]);
  }

  /**
   * The same into an array, by all threads that {@link Ranges} has.
   *
   * @param layer the layer it is attention or gradient of
   * @param values overwritten; [head, query, key] in row-major order
   */
  default FloatTensor attention(int input, int length, NativeLayer layer, float[] values) {
    int headCount = layer.headCount();
    int width = layer.width();
    long first = (long) input * headCount * width * width;
    int grain = Math.max(1, LEAST_COPY / length);
    Ranges.split(
        headCount * length,
        grain,
        (from, to) -> {
          if (length == width) {
            read(first + (long) from * width, values, from * width, (to - from) * width);
          } else {
            for (int row = from; row < to; row++) {
              long query = (long) (row / length) * width + row % length;
              read(first + query * width, values, row * length, length);
            }
          }
        });
    return FloatTensor.of(values, headCount, length, length);
  }

  /** One input of [batch, token, width] as [token, width]; tokenCount is that of the batch. */
  default FloatTensor vectors(int input, int length, int tokenCount, int width) {
    float[] values = new float[length * width];
    read((long) input * tokenCount * width, values, 0, values.length);
    return FloatTensor.of(values, length, width);
  }

  /** One input of [batch, class]. */
  default float[] row(int input, int classCount) {
    float[] row = new float[classCount];
    read((long) input * classCount, row, 0, classCount);
    return row;
  }
}
