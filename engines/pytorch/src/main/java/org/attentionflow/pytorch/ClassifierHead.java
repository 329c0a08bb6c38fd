package org.attentionflow.pytorch;

import ai.djl.pytorch.engine.PtNDArray;

/**
 * A classification head over the first token's hidden state: output(f(dense(x))). BERT's and
 * ALBERT's pooler is its first half.
 */
record ClassifierHead(Linear dense, Activation activation, Linear output) {
  /** The logits, [batch, class], of hidden states [batch, hidden]. */
  PtNDArray apply(PtNDArray first) {
    return output.apply(activation.apply(dense.apply(first)));
  }
}
