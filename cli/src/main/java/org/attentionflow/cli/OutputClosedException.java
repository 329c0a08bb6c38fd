package org.attentionflow.cli;

/** Standard output cannot be written to any more, mostly because its reader has had enough. */
final class OutputClosedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
