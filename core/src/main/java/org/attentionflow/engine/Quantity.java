package org.attentionflow.engine;

/** What a capture can hold. Ask an engine only for what the method needs. */
public enum Quantity {
  /** The attention of every layer: after the softmax and the mask, what multiplies the values. */
  ATTENTION(Capability.ATTENTION),
  /** The gradient of the target with respect to {@link #ATTENTION}. */
  ATTENTION_GRADIENT(Capability.ATTENTION_GRADIENT),
  /** The hidden states: the embedding layer's output, then the output of every layer. */
  HIDDEN_STATES(Capability.HIDDEN_STATES),
  /** The gradient of the target with respect to {@link #HIDDEN_STATES}. */
  HIDDEN_STATE_GRADIENT(Capability.HIDDEN_STATES),
  /** The word embedding of every token, before positions and segments are added. */
  EMBEDDING(Capability.HIDDEN_STATES),
  /** The gradient of the target with respect to {@link #EMBEDDING}. */
  EMBEDDING_GRADIENT(Capability.HIDDEN_STATES);

  private final Capability capability;

  Quantity(Capability capability) {
    this.capability = capability;
  }

  /** What an engine must be able to do to capture the quantity. */
  public Capability capability() {
    return capability;
  }
}
