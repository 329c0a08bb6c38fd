package org.attentionflow.pytorch;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.attentionflow.huggingface.session.NativeLayer;
import org.attentionflow.huggingface.session.PaddedTensor;
import org.attentionflow.tensor.FloatTensor;
import org.jspecify.annotations.Nullable;

/** Copies native tensors of a padded batch into one array per input, without the padding. */
final class NativeCopy {
  private NativeCopy() {}

  /**
   * A layer to copy from while its tensors are there.
   *
   * @param attention [batch, head, query, key]
   * @param gradient of the same shape; null if there is none
   */
  static NativeLayer layer(PtNDArray attention, @Nullable PtNDArray gradient) {
    Shape shape = attention.getShape();
    return new NativeLayer(
        view(attention),
        gradient == null ? null : view(gradient),
        (int) shape.get(1),
        (int) shape.get(2));
  }

  /** [batch, token, width] as one [token, width] per input. */
  static List<FloatTensor> vectors(PtNDArray tensor, int[] lengths) {
    Shape shape = tensor.getShape();
    PaddedTensor source = view(tensor);
    List<FloatTensor> result = new ArrayList<>();
    for (int b = 0; b < lengths.length; b++) {
      result.add(source.vectors(b, lengths[b], (int) shape.get(1), (int) shape.get(2)));
    }
    return result;
  }

  /** The native memory itself, which is made contiguous if it is not. */
  private static PaddedTensor view(PtNDArray tensor) {
    return PaddedTensor.of(
        JniUtils.getByteBuffer(tensor, true).order(ByteOrder.nativeOrder()).asFloatBuffer());
  }
}
