package org.attentionflow.pytorch;

import ai.djl.engine.EngineException;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.session.NativeFailures;

/** Turns what the native library throws into what a user can act on. */
final class NativeFailure {
  private static final int MOST_CHARACTERS = 300;

  private NativeFailure() {}

  /** The line of a failure that says what is wrong; PyTorch's messages are long. */
  static String line(RuntimeException failure) {
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
        .map(line -> line.substring(0, Math.min(line.length(), MOST_CHARACTERS)))
        .orElse("");
  }

  /**
   * What a failure means: that memory is short, or that a model cannot do what it was asked for.
   *
   * @param doing what was tried, as the beginning of a sentence
   */
  static RuntimeException of(String doing, EngineException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("can't allocate memory") || message.contains("bad_alloc")) {
      return NativeFailures.noMemory("PyTorch", failure);
    }
    String line = line(failure);
    String cure =
        line.matches("index .*out of (range|bounds).*")
            ? " Maybe the input has more tokens, or other ids, than the model reads."
            : "";
    return new UnusableInputException(
        doing + " failed: PyTorch says: " + line + "." + cure, failure);
  }
}
