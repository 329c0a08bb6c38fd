package org.attentionflow.failure;

/**
 * Input, settings or a model that cannot be used. The message is one clear line for the user that
 * names what was found and, where there is one, the cure in a sentence that starts with "Maybe".
 */
public final class UnusableInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception with its one-line message. */
  public UnusableInputException(String message) {
    super(message);
  }

  /** Makes the exception with its one-line message and what caused it. */
  public UnusableInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
