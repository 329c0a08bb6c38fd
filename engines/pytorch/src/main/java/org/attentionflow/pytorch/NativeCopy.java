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

  /** [batch, head, query, key] as one [head, query, key] per input. */
  static List<FloatTensor> attention(PtNDArray tensor, int[] lengths) {
    Shape shape = tensor.getShape();
    int headCount = (int) shape.get(1);
    int width = (int) shape.get(2);
    FloatBuffer source = view(tensor);
    List<FloatTensor> result = new ArrayList<>();
    for (int b = 0; b < lengths.length; b++) {
      int n = lengths[b];
      float[] values = new float[headCount * n * n];
      if (n == width) {
        source.get(b * values.length, values);
      } else {
        for (int head = 0; head < headCount; head++) {
          for (int query = 0; query < n; query++) {
            int from = ((b * headCount + head) * width + query) * width;
            source.get(from, values, (head * n + query) * n, n);
          }
        }
      }
      result.add(FloatTensor.of(values, headCount, n, n));
    }
    return result;
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

  /**
   * The native memory itself. The tensors that come here are contiguous: results of a softmax, a
   * layer norm, an affine map or a table, and gradients, which PyTorch lays out like their probes.
   */
  private static FloatBuffer view(PtNDArray tensor) {
    return JniUtils.getByteBuffer(tensor, true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }
}
