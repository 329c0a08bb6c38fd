package org.attentionflow.tensorflow;

import java.util.regex.Pattern;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.session.NativeFailures;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;

/** Turns what the native library throws into what a user can act on, in one line. */
final class NativeFailure {
  private static final int MOST_CHARACTERS = 300;

  /** Where a failure came from, in TensorFlow's own notation. */
  private static final Pattern PLACES =
      Pattern.compile("\\{\\{(?:function_node|node) [^}]*}}|\\[\\[[^]]*]]");

  private NativeFailure() {}

  /**
   * What a failure means.
   *
   * @param doing what was tried, as the beginning of a sentence
   */
  static RuntimeException of(String doing, RuntimeException failure) {
    if (failure instanceof TFResourceExhaustedException) {
      return NativeFailures.noMemory("TensorFlow", failure);
    }
    boolean fromTensorflow =
        failure instanceof TensorFlowException
            || failure instanceof IllegalArgumentException
            || failure instanceof IllegalStateException
            || failure instanceof IndexOutOfBoundsException
            || failure instanceof UnsupportedOperationException;
    return fromTensorflow
        ? new UnusableInputException(doing + " failed: " + line(failure) + ".", failure)
        : failure;
  }

  /** The first line of a message without the places in the graph, shortened. */
  static String line(Exception failure) {
    String whole = PLACES.matcher(String.valueOf(failure.getMessage())).replaceAll(" ");
    String line = whole.lines().filter(text -> !text.isBlank()).findFirst().orElse("").strip();
    String plain = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    return plain.length() > MOST_CHARACTERS ? plain.substring(0, MOST_CHARACTERS) + " ..." : plain;
  }
}
