package org.attentionflow.formats.explanation;

/**
 * Text from anywhere, made safe to show: nothing in it is invisible, reorders what stands around
 * it, or cannot be encoded. Control characters become their symbols (␊ for a line feed), and bidi
 * controls, zero-width characters, lone surrogates and the like become {@code ⟨U+202E⟩}. All other
 * characters stay, joiners inside words too.
 */
public final class VisibleText {
  private static final int FIRST_CONTROL_PICTURE = 0x2400;
  private static final int DELETE = 0x7F;
  private static final int DELETE_PICTURE = 0x2421;

  private VisibleText() {}

  /** The text with every control character shown as a symbol. */
  public static String of(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c < ' ') {
                visible.appendCodePoint(FIRST_CONTROL_PICTURE + c);
              } else if (c == DELETE) {
                visible.appendCodePoint(DELETE_PICTURE);
              } else if (isUnseen(c)) {
                visible.append("⟨").append(codePoint(c)).append("⟩");
              } else {
                visible.appendCodePoint(c);
              }
            });
    return visible.toString();
  }

  /** The text cut off behind a number of characters, with an ellipsis if something is missing. */
  static String shortened(String text, int characters) {
    if (text.codePointCount(0, text.length()) <= characters) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, characters - 1)) + "…";
  }

  /** A character by its number: {@code U+202E}. */
  static String codePoint(int character) {
    return String.format("U+%04X", character);
  }

  /** Whether a character that is not an ASCII control shows nothing, or acts on others. */
  static boolean isUnseen(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.FORMAT -> !isJoiner(character);
      default -> (character & 0xFFFE) == 0xFFFE || character == 0x3164 || character == 0x115F;
    };
  }

  /** Joiner and non-joiner, which scripts and emoji need inside words. */
  private static boolean isJoiner(int character) {
    return character == 0x200C || character == 0x200D;
  }
}
