package org.attentionflow.pytorch;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.attentionflow.tensor.FloatTensor;

/** Copies native tensors of a padded batch into one array per input, without the padding. */
final class NativeCopy {
  private NativeCopy() {}

  /** One input of [batch, head, query, key] as [head, query, key]. */
  static FloatTensor attention(PtNDArray tensor, int input, int length) {
    Shape shape = tensor.getShape();
    int headCount = (int) shape.get(1);
    int width = (int) shape.get(2);
    FloatBuffer source = view(tensor);
    float[] values = new float[headCount * length * length];
    int first = input * headCount * width * width;
    if (length == width) {
      source.get(first, values);
    } else {
      for (int head = 0; head < headCount; head++) {
        for (int query = 0; query < length; query++) {
          int from = first + (head * width + query) * width;
          source.get(from, values, (head * length + query) * length, length);
        }
      }
    }
    return FloatTensor.of(values, headCount, length, length);
  }

  /** [batch, token, width] as one [token, width] per input. */
  static List<FloatTensor> vectors(PtNDArray tensor, int[] lengths) {
    Shape shape = tensor.getShape();
    int tokenCount = (int) shape.get(1);
    int width = (int) shape.get(2);
    FloatBuffer source = view(tensor);
    List<FloatTensor> result = new ArrayList<>();
    for (int b = 0; b < lengths.length; b++) {
      float[] values = new float[lengths[b] * width];
      source.get(b * tokenCount * width, values);
      result.add(FloatTensor.of(values, lengths[b], width));
    }
    return result;
  }

  /** The native memory itself, which is made contiguous if it is not. */
  private static FloatBuffer view(PtNDArray tensor) {
    return JniUtils.getByteBuffer(tensor, true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }
}
