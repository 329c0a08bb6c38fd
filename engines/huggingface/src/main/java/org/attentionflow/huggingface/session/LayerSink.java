package org.attentionflow.huggingface.session;

import org.attentionflow.engine.AttentionLayer;

/** Receives the attention of one layer of one input of a batch. */
public interface LayerSink {
  /** Takes it; layers come in any order, each of them once. */
  void accept(int layer, int input, AttentionLayer attention);
}
