package org.attentionflow.huggingface.session;

import org.attentionflow.failure.InsufficientMemoryException;
import org.attentionflow.failure.UnusableInputException;

/** What to tell a user when a native library fails, whichever it is. */
public final class NativeFailures {
  private NativeFailures() {}

  /**
   * The library cannot be loaded.
   *
   * @param cure what to look at, as the end of a sentence that begins with "Maybe"
   */
  public static UnusableInputException notLoaded(String library, Throwable failure, String cure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return new UnusableInputException(
        ("The native library of " + library + " cannot be loaded: ")
            + (root.getClass().getSimpleName() + ": " + message + ". Maybe " + cure),
        failure);
  }

  /** The library got no memory. */
  public static InsufficientMemoryException noMemory(String library, Throwable failure) {
    InsufficientMemoryException refused =
        new InsufficientMemoryException(
            (library + " got no more memory from the system.")
                + " Maybe use a smaller batch, shorter texts or fewer workers.");
    refused.initCause(failure);
    return refused;
  }
}
