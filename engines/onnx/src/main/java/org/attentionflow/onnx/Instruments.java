package org.attentionflow.onnx;

import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.Quantity;

/**
 * What a graph is made to return besides its logits.
 *
 * @param attention the attention of every layer
 * @param hiddenStates the hidden states
 * @param embeddings the word embeddings
 * @param gradients the gradient of each of those
 */
record Instruments(boolean attention, boolean hiddenStates, boolean embeddings, boolean gradients) {
  /** The least that a request needs. */
  static Instruments of(CaptureRequest request) {
    return new Instruments(
        request.wants(Quantity.ATTENTION) || request.wants(Quantity.ATTENTION_GRADIENT),
        request.wants(Quantity.HIDDEN_STATES) || request.wants(Quantity.HIDDEN_STATE_GRADIENT),
        request.wants(Quantity.EMBEDDING) || request.wants(Quantity.EMBEDDING_GRADIENT),
        request.wantsGradients());
  }

  /** Whether states or embeddings are among them. */
  boolean needStates() {
    return hiddenStates || embeddings;
  }
}
