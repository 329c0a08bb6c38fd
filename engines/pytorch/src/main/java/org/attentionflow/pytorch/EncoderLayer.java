package org.attentionflow.pytorch;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
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
   *
   * @param firstOnly whether only those of the first token are asked for, [batch, 1, hidden]
   */
  PtNDArray apply(PtNDArray x, @Nullable PtNDArray mask, boolean firstOnly, Recorder recorder) {
    NDManager outer = x.getManager();
    try (NDManager inner = outer.newSubManager()) {
      inner.tempAttachAll(new NDList(x));
      PtNDArray asking = firstOnly ? (PtNDArray) x.get(new NDIndex(":, 0:1")) : x;
      PtNDArray y = attentionNorm.apply(attention.apply(x, asking, mask, recorder).add(asking));
      PtNDArray z = outputNorm.apply(feedForward.apply(y).add(y));
      z.attach(outer);
      return z;
    }
  }
}
