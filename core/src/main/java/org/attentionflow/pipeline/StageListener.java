package org.attentionflow.pipeline;

/** Hears how long the stages of explanations take; called by several threads at the same time. */
@FunctionalInterface
public interface StageListener {
  /** A part of the way from text to attribution. */
  enum Stage {
    /** From text to tokens. */
    TOKENIZE,
    /** From tokens to attention and gradients. */
    CAPTURE,
    /** From attention and gradients to scores. */
    ATTRIBUTE
  }

  /** One stage of one explanation has ended. */
  void took(Stage stage, long nanoseconds);
}
