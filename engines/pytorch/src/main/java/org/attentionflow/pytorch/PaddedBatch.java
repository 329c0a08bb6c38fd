package org.attentionflow.pytorch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.BitSet;
import java.util.List;
import org.attentionflow.huggingface.InputLimits;
import org.attentionflow.token.TokenSequence;
import org.jspecify.annotations.Nullable;

/**
 * Inputs as the native library takes them, [batch, token], filled up to the longest.
 *
 * @param ids the token ids; 0 where an input has ended
 * @param positions the positions; 0 where an input has ended
 * @param segments the segments; 0 where an input has ended
 * @param mask [batch, 1, 1, token]: 0 for a token, {@link #MASKED} where an input has ended; null
 *     if all are equally long
 */
record PaddedBatch(
    PtNDArray ids, PtNDArray positions, PtNDArray segments, @Nullable PtNDArray mask) {
  /** Far below any score, so that its softmax is exactly 0 and yet no difference overflows. */
  static final float MASKED = -1e30f;

  /** One input, with tokens that no token attends to. */
  static PaddedBatch of(
      TokenSequence input, BitSet unattended, InputLimits limits, NDManager manager) {
    PaddedBatch plain = of(List.of(input), limits, manager);
    float[] mask = new float[input.size()];
    unattended.stream().forEach(token -> mask[token] = MASKED);
    return new PaddedBatch(
        plain.ids(),
        plain.positions(),
        plain.segments(),
        (PtNDArray) manager.create(mask, new Shape(1, 1, 1, mask.length)));
  }

  static PaddedBatch of(List<TokenSequence> inputs, InputLimits limits, NDManager manager) {
    int width = inputs.stream().mapToInt(TokenSequence::size).max().orElseThrow();
    long[] ids = new long[inputs.size() * width];
    long[] positions = new long[ids.length];
    long[] segments = new long[ids.length];
    float[] mask = new float[ids.length];
    boolean padded = false;
    for (int b = 0; b < inputs.size(); b++) {
      TokenSequence input = inputs.get(b);
      int[] inputIds = input.ids();
      long[] inputPositions = limits.positions(inputIds);
      for (int t = 0; t < width; t++) {
        int at = b * width + t;
        if (t < inputIds.length) {
          ids[at] = inputIds[t];
          positions[at] = inputPositions[t];
          segments[at] = input.segments().get(t);
        } else {
          mask[at] = MASKED;
          padded = true;
        }
      }
    }
    Shape shape = new Shape(inputs.size(), width);
    return new PaddedBatch(
        (PtNDArray) manager.create(ids, shape),
        (PtNDArray) manager.create(positions, shape),
        (PtNDArray) manager.create(segments, shape),
        padded ? (PtNDArray) manager.create(mask, new Shape(inputs.size(), 1, 1, width)) : null);
  }
}
