package org.attentionflow.pytorch;

import ai.djl.engine.EngineException;
import org.attentionflow.huggingface.session.NativeFailures;

/** Turns what the native library throws into what a user can act on. */
final class NativeFailure {
  private NativeFailure() {}

  /** The line of a failure that says what is wrong; PyTorch's messages are long. */
  static String line(EngineException failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .map(String::strip)
        .filter(line -> line.matches("(RuntimeError|IndexError|ValueError|TypeError): .*"))
        .reduce((first, last) -> last)
        .or(
            () ->
                String.valueOf(failure.getMessage())
                    .lines()
                    .filter(line -> !line.isBlank())
                    .findFirst())
        .map(line -> line.replaceFirst("^\\w+Error: ", "").replaceFirst("\\.$", ""))
        .orElse("");
  }

  /** The same failure, or one that speaks of memory if that is what it is about. */
  static RuntimeException of(EngineException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("can't allocate memory") || message.contains("bad_alloc")) {
      return NativeFailures.noMemory("PyTorch", failure);
    }
    return failure;
  }
}
