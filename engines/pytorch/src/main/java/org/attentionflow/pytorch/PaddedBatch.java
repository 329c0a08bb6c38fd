package org.attentionflow.pytorch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import org.attentionflow.huggingface.session.InputRole;
import org.attentionflow.huggingface.session.PaddedInputs;
import org.jspecify.annotations.Nullable;

/**
 * Inputs as the native library takes them, [batch, token], filled up to the longest.
 *
 * @param ids the token ids; 0 where an input has ended
 * @param positions the positions; 0 where an input has ended
 * @param segments the segments; 0 where an input has ended
 * @param mask [batch, 1, 1, token]: 0 for a token, {@link #MASKED} where an input has ended or no
 *     token attends; null if there is no such place
 */
record PaddedBatch(
    PtNDArray ids, PtNDArray positions, PtNDArray segments, @Nullable PtNDArray mask) {
  /** Far below any score, so that its softmax is exactly 0 and yet no difference overflows. */
  static final float MASKED = -1e30f;

  static PaddedBatch of(PaddedInputs inputs, NDManager manager) {
    Shape shape = new Shape(inputs.rows(), inputs.width());
    return new PaddedBatch(
        (PtNDArray) manager.create(inputs.values(InputRole.IDS), shape),
        (PtNDArray) manager.create(inputs.values(InputRole.POSITIONS), shape),
        (PtNDArray) manager.create(inputs.values(InputRole.SEGMENTS), shape),
        mask(inputs, manager));
  }

  private static @Nullable PtNDArray mask(PaddedInputs inputs, NDManager manager) {
    long[] attended = inputs.values(InputRole.MASK);
    float[] mask = new float[attended.length];
    boolean masks = false;
    for (int i = 0; i < mask.length; i++) {
      mask[i] = attended[i] == 0 ? MASKED : 0;
      masks |= attended[i] == 0;
    }
    Shape shape = new Shape(inputs.rows(), 1, 1, inputs.width());
    return masks ? (PtNDArray) manager.create(mask, shape) : null;
  }
}
