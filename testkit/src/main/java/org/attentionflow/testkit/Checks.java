package org.attentionflow.testkit;

import java.util.function.Supplier;

/** Assertions that hold whether or not the virtual machine was started with -ea. */
final class Checks {
  private Checks() {}

  static void that(boolean condition, Supplier<String> message) {
    if (!condition) {
      throw new AssertionError(message.get());
    }
  }
}
