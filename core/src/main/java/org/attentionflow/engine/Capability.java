package org.attentionflow.engine;

import java.util.Locale;

/** What a model engine can do; what is missing fails when a session is opened, not later. */
public enum Capability {
  /** Returns logits. */
  PREDICTION,
  /** Returns attention. */
  ATTENTION,
  /** Returns the target's gradient with respect to the attention. */
  ATTENTION_GRADIENT,
  /** Returns hidden states, embeddings and their gradients. */
  HIDDEN_STATES,
  /** Takes several inputs of different lengths at once. */
  PADDED_BATCH,
  /** Computes from given word embeddings in place of those of the tokens. */
  EMBEDDING_INPUT,
  /** Shows the weights of an encoder's layers and classification head. */
  ENCODER_WEIGHTS,
  /** Turns text into tokens. */
  TOKENIZER,
  /** Predicts with positions that no token attends to. */
  ATTENTION_MASK,
  /** Opens the model again with parts of its weights random. */
  RANDOM_WEIGHTS;

  /** The name as it is shown: ATTENTION_GRADIENT becomes attention-gradient. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
