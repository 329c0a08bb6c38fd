package org.attentionflow.failure;

/** A run that would not fit in memory, refused before it starts. */
public final class InsufficientMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception with a one-line message that names the need, the limit and a cure. */
  public InsufficientMemoryException(String message) {
    super(message);
  }
}
