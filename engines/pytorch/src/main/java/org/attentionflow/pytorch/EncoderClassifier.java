package org.attentionflow.pytorch;

import ai.djl.ndarray.index.NDIndex;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.List;
import org.attentionflow.huggingface.InputLimits;

/**
 * A Transformer encoder with a classification head.
 *
 * @param limits what inputs it takes
 * @param embeddings from token ids to the first hidden states
 * @param layers in the order they are applied; one can stand in several places
 * @param head from the last hidden state of the first token to the logits
 */
record EncoderClassifier(
    InputLimits limits, Embeddings embeddings, List<EncoderLayer> layers, ClassifierHead head) {
  /** The logits, [batch, class]. */
  PtNDArray logits(PaddedBatch batch, Recorder recorder) {
    PtNDArray hidden = recorder.hiddenState(embeddings.apply(batch, recorder));
    for (int i = 0; i < layers.size(); i++) {
      // The head reads the first token alone.
      boolean firstOnly = i == layers.size() - 1 && !recorder.wantsStates();
      PtNDArray next = layers.get(i).apply(hidden, batch.mask(), firstOnly, recorder);
      PtNDArray recorded = recorder.hiddenState(next);
      recorder.release(hidden);
      hidden = recorded;
    }
    return head.apply((PtNDArray) hidden.get(new NDIndex(":, 0")));
  }

  /** The number of attention heads per layer. */
  int headCount() {
    return layers.get(0).attention().headCount();
  }
}
