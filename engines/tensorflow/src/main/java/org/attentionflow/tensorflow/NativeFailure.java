package org.attentionflow.tensorflow;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

  private static final Pattern NO_KERNEL =
      Pattern.compile("No OpKernel was registered to support Op '([^'\\s]{1,100})'");

  private static final Pattern TYPE = Pattern.compile("\\bDT_[A-Z0-9]+");

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
    Matcher missing = NO_KERNEL.matcher(String.valueOf(failure.getMessage()));
    if (missing.find()) {
      return noKernel(missing.group(1), String.valueOf(failure.getMessage()), failure);
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

  /** The library finds this out when it runs a graph for the first time, whatever it runs. */
  private static UnusableInputException noKernel(
      String operation, String message, RuntimeException failure) {
    // Behind the attributes of the node stand all kernels that there are.
    int end = message.indexOf("Registered");
    String types =
        TYPE.matcher(end < 0 ? message : message.substring(0, end))
            .results()
            .map(MatchResult::group)
            .distinct()
            .collect(Collectors.joining(", "));
    return new UnusableInputException(
        ("TensorFlow cannot run the graph: it has no kernel for " + operation)
            + (types.isEmpty() ? "" : " of " + types)
            + " on processors. Maybe save the model in float32 (not mixed_float16).",
        failure);
  }

  /** The first line of a message without the places in the graph, shortened. */
  static String line(Exception failure) {
    String whole = PLACES.matcher(String.valueOf(failure.getMessage())).replaceAll(" ");
    String line = whole.lines().filter(text -> !text.isBlank()).findFirst().orElse("").strip();
    String plain = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    return plain.length() > MOST_CHARACTERS ? plain.substring(0, MOST_CHARACTERS) + " ..." : plain;
  }
}
