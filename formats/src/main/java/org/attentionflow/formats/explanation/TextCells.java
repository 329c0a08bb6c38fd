package org.attentionflow.formats.explanation;

/** How wide text is, in the cells of a terminal or the advances of a monospaced font. */
public final class TextCells {
  private TextCells() {}

  /**
   * The number of cells a text takes: 2 for an East Asian wide character or an emoji, 0 for a mark
   * or joiner, 1 for every other character. An estimate: fonts differ.
   */
  public static int of(String text) {
    return text.codePoints().map(TextCells::cells).sum();
  }

  private static int cells(int character) {
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        Character.isIdeographic(character)
            || (character >= 0x1100 && character <= 0x115F)
            || (character >= 0x2E80 && character <= 0xA4CF)
            || (character >= 0xAC00 && character <= 0xD7A3)
            || (character >= 0xF900 && character <= 0xFAFF)
            || (character >= 0xFE30 && character <= 0xFE6F)
            || (character >= 0xFF01 && character <= 0xFF60)
            || (character >= 0xFFE0 && character <= 0xFFE6)
            || (character >= 0x1F300 && character <= 0x1FAFF);
    return wide ? 2 : 1;
  }
}
