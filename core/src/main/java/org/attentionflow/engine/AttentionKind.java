package org.attentionflow.engine;

/** Which tokens attend to which: the stacks of attention layers a Transformer can have. */
public enum AttentionKind {
  /** Tokens of the input attend to tokens of the input. The only kind of an encoder. */
  ENCODER,
  /** Tokens of the output attend to earlier tokens of the output. The only kind of a decoder. */
  DECODER,
  /** Tokens of the output (queries) attend to tokens of the input (keys). */
  CROSS
}
