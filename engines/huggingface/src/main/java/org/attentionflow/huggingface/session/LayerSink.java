package org.attentionflow.huggingface.session;

/** Receives the attention of one layer of one input of a batch. */
public interface LayerSink {
  /**
   * Copies it; layers come in any order, each of them once.
   *
   * @param input the place of the input in the batch
   * @param length its number of tokens
   * @param source valid during the call only
   */
  void accept(int layer, int input, int length, NativeLayer source);
}
