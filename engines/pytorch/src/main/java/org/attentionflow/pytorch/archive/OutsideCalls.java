package org.attentionflow.pytorch.archive;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Calls in the code of an archive that would do more than compute: PyTorch's interpreter has
 * functions that write and map files, and one that prints. What {@code torch.jit.trace} makes has
 * none of them. An archive is a program all the same: this is a safeguard, not a sandbox.
 */
final class OutsideCalls {
  /** What may stand between a dot and the name behind it. */
  private static final String GAP = "(?:[\\s\\\\]|#[^\\n]*\\n)*+";

  private static final Pattern CALLS =
      Pattern.compile(
          ("\\." + GAP + "(save|from_file|Print)\\b")
              + ("|(?<![.\\w])(print)\\b")
              + "|\\bgetattr\\b[^\"'\\n]*+[\"'](save|from_file|Print|[^\"'\\n]*\\\\[^\\n]*)[\"']");

  private OutsideCalls() {}

  /**
   * Checks the text of a code file.
   *
   * @throws MalformedArchiveException if it has such a call
   */
  static void check(String path, String text) {
    Matcher calls = CALLS.matcher(text);
    if (calls.find()) {
      String name = calls.group().replaceAll("[^\\w.]", "");
      throw new MalformedArchiveException(
          ("its code in " + path + " uses " + name.substring(0, Math.min(40, name.length())))
              + ", which would do more than compute");
    }
  }
}
