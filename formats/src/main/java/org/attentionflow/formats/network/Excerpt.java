package org.attentionflow.formats.network;

/** What a message quotes of a file that may hold anything: short, and on one line. */
final class Excerpt {
  private static final int LONGEST = 60;

  private Excerpt() {}

  /** A text with control characters replaced, cut off where it becomes long. */
  static String of(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    return text.codePointCount(0, text.length()) > LONGEST ? clean + "…" : clean.toString();
  }

  /** The first line of an exception's message, or its kind. */
  static String of(Exception exception) {
    String message = exception.getMessage();
    String kind = exception.getClass().getSimpleName();
    return message == null ? kind : kind + " (" + of(message.lines().findFirst().orElse("")) + ")";
  }
}
