package org.attentionflow.cli;

import org.attentionflow.formats.explanation.VisibleText;

/** Text in the columns of a terminal. */
final class TerminalText {
  private TerminalText() {}

  /** The text on one line: line breaks and tabs become spaces, the rest is made visible. */
  static String oneLine(String text) {
    return VisibleText.of(text.strip().replaceAll("\\s*[\\r\\n\\t]\\s*", " "));
  }

  /** The columns that a text takes on a terminal. */
  static int width(String text) {
    return text.codePoints().map(TerminalText::columns).sum();
  }

  /** The text cut to a width, with an ellipsis where something was cut off. */
  static String cut(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int used = 1;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      int point = text.codePointAt(at);
      used += columns(point);
      if (used > width) {
        break;
      }
      kept.appendCodePoint(point);
    }
    return kept.append('…').toString();
  }

  /** The text with spaces behind it up to a width. */
  static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }

  private static int columns(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    return isWide(point) ? 2 : 1;
  }

  /** East Asian wide and full-width characters and emoji, by their blocks. */
  private static boolean isWide(int point) {
    return (point >= 0x1100 && point <= 0x115f)
        || (point >= 0x2e80 && point <= 0xa4cf && point != 0x303f)
        || (point >= 0xac00 && point <= 0xd7a3)
        || (point >= 0xf900 && point <= 0xfaff)
        || (point >= 0xfe30 && point <= 0xfe6f)
        || (point >= 0xff00 && point <= 0xff60)
        || (point >= 0xffe0 && point <= 0xffe6)
        || (point >= 0x1f300 && point <= 0x1faff)
        || (point >= 0x20000 && point <= 0x3fffd);
  }
}
