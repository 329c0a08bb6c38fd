package org.attentionflow.cli;

/** A bar of block characters, to an eighth of a column. */
final class Bar {
  private static final String EIGHTHS = "▏▎▍▌▋▊▉█";

  private Bar() {}

  /**
   * Draws a bar.
   *
   * @param share the length relative to the longest, from 0 to 1; the least above 0 is a trace
   * @param longest the columns of a share of 1
   */
  static String of(double share, int longest) {
    int eighths = (int) Math.round(share * longest * 8);
    if (eighths == 0) {
      return share > 0 ? EIGHTHS.substring(0, 1) : "";
    }
    String whole = "█".repeat(eighths / 8);
    int rest = eighths % 8;
    return rest == 0 ? whole : whole + EIGHTHS.charAt(rest - 1);
  }
}
