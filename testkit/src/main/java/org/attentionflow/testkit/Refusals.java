package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.attentionflow.failure.UnusableInputException;
import org.junit.jupiter.api.function.Executable;

/** Checks that something is refused with one line that says certain things. */
public final class Refusals {
  private Refusals() {}

  /**
   * Runs something that has to be refused.
   *
   * @param parts what the message has to contain
   * @return the refusal
   */
  public static UnusableInputException assertRefused(Executable call, String... parts) {
    UnusableInputException refusal = assertThrows(UnusableInputException.class, call);
    String message = String.valueOf(refusal.getMessage());
    assertEquals(1, message.lines().count(), message);
    for (String part : parts) {
      assertTrue(message.contains(part), "'" + part + "' is not in: " + message);
    }
    return refusal;
  }
}
