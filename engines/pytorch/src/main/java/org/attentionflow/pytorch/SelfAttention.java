package org.attentionflow.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import org.jspecify.annotations.Nullable;

/**
 * Multi-head self-attention: per head, A = softmax((Q / √d) Kᵀ + mask) and the output A V; the
 * heads side by side go through a last affine map.
 */
record SelfAttention(Linear query, Linear key, Linear value, Linear output, int headCount) {
  /**
   * The attention's output for hidden states x [batch, token, hidden].
   *
   * @param asking the tokens whose output is asked for: x, or its first token, [batch, 1, hidden]
   * @param mask [batch, 1, 1, token], added to the scores; null if nothing is masked
   * @param recorder sees A, [batch, head, query, key]
   */
  PtNDArray apply(PtNDArray x, PtNDArray asking, @Nullable PtNDArray mask, Recorder recorder) {
    Shape shape = asking.getShape();
    double scale = 1 / Math.sqrt((double) shape.get(2) / headCount);
    // On the queries 1 / √d takes a tenth of the memory it would on the scores, forward and back.
    PtNDArray queries = query.apply(x);
    queries.muli(Scalar.of(x, scale));
    NDArray scores = heads(queries).matMul(heads(key.apply(x)).transpose(0, 1, 3, 2));
    if (mask != null) {
      scores.addi(mask);
    }
    PtNDArray probabilities = (PtNDArray) scores.softmax(-1);
    scores.close();
    NDArray attention = recorder.attention(probabilities);
    if (attention.getShape().get(2) > shape.get(1)) {
      attention = attention.get(new NDIndex(":, :, 0:" + shape.get(1)));
    }
    NDArray mixed = attention.matMul(heads(value.apply(x)));
    return output.apply((PtNDArray) mixed.transpose(0, 2, 1, 3).reshape(shape));
  }

  /** [batch, token, hidden] as [batch, head, token, width of a head]. */
  private NDArray heads(NDArray x) {
    Shape shape = x.getShape();
    return x.reshape(shape.get(0), shape.get(1), headCount, -1).transpose(0, 2, 1, 3);
  }
}
