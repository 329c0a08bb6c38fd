package org.attentionflow.huggingface.session;

import java.nio.FloatBuffer;
import org.attentionflow.tensor.FloatTensor;

/** A native tensor of a padded batch, of which one input is copied without the padding. */
public interface PaddedTensor {
  /** Copies numbers that lie side by side: from an index of the tensor to one of the array. */
  void read(long from, float[] target, int to, int count);

  /** A tensor whose numbers lie in a buffer. */
  static PaddedTensor of(FloatBuffer buffer) {
    return (from, target, to, count) -> buffer.get(Math.toIntExact(from), target, to, count);
  }

  /** One input of [batch, head, query, key] as [head, query, key]; width is that of the batch. */
  default FloatTensor attention(int input, int length, int headCount, int width) {
    float[] values = new float[headCount * length * length];
    long first = (long) input * headCount * width * width;
    if (length == width) {
      read(first, values, 0, values.length);
    } else {
      for (int head = 0; head < headCount; head++) {
        for (int query = 0; query < length; query++) {
          long from = first + ((long) head * width + query) * width;
          read(from, values, (head * length + query) * length, length);
        }
      }
    }
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
