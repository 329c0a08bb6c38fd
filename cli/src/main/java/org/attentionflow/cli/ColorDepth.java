package org.attentionflow.cli;

/** How many colours the output has. */
enum ColorDepth {
  /** None: numbers take the place of colours. */
  NONE,
  /** The 256 colours of a terminal's palette. */
  INDEXED,
  /** 24 bits. */
  TRUE
}
