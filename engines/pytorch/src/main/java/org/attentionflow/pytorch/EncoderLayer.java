package org.attentionflow.pytorch;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import org.jspecify.annotations.Nullable;

/**
 * A layer of a Transformer encoder with layer norms behind the residual connections, as all of
 * BERT's relatives have it: y = norm(x + attention(x)), z = norm(y + feedForward(y)).
 */
record EncoderLayer(
    SelfAttention attention,
    LayerNorm attentionNorm,
    FeedForward feedForward,
    LayerNorm outputNorm) {
  /**
   * The hidden states behind the layer; intermediate results are freed unless a gradient needs
   * them.
   */
  PtNDArray apply(PtNDArray x, @Nullable PtNDArray mask, Recorder recorder) {
    NDManager outer = x.getManager();
    try (NDManager inner = outer.newSubManager()) {
      inner.tempAttachAll(new NDList(x));
      PtNDArray y = attentionNorm.apply(attention.apply(x, mask, recorder).add(x));
      PtNDArray z = outputNorm.apply(feedForward.apply(y).add(y));
      z.attach(outer);
      return z;
    }
  }
}
