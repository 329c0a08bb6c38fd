package org.attentionflow.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import org.jspecify.annotations.Nullable;

/**
 * Turns token ids into the first hidden states: the norm of word, position and segment embeddings
 * added up, and for some models an affine map to the width of the layers.
 *
 * @param segments null if the model does not tell segments apart
 * @param projection null if the embeddings are as wide as the layers
 */
record Embeddings(
    EmbeddingTable words,
    EmbeddingTable positions,
    @Nullable EmbeddingTable segments,
    LayerNorm norm,
    @Nullable Linear projection) {
  PtNDArray apply(PaddedBatch batch, Recorder recorder) {
    NDArray sum = recorder.embedding(words.apply(batch.ids()));
    if (segments != null) {
      sum = sum.add(segments.apply(batch.segments()));
    }
    PtNDArray embedded = norm.apply((PtNDArray) sum.add(positions.apply(batch.positions())));
    return projection == null ? embedded : projection.apply(embedded);
  }

  /** The same with an affine map behind the norm. */
  Embeddings projectedBy(Linear map) {
    return new Embeddings(words, positions, segments, norm, map);
  }
}
