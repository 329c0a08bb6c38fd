package org.attentionflow.cli;

import java.util.List;

/**
 * The text with every part on the colour of its share. Without colours the share of each part of
 * some size stands behind it in brackets, with a minus where the score is below zero.
 */
record HeatMap(Paint paint, int width) {
  private static final String INDENT = "  ";

  /** Without colours, parts below this share get no number: the text must stay readable. */
  private static final double LEAST_NUMBERED = 0.1;

  /** Draws the parts, wrapped to the width. */
  String of(List<ScoredPart> parts) {
    StringBuilder map = new StringBuilder(INDENT);
    int used = INDENT.length();
    for (int i = 0; i < parts.size(); i++) {
      ScoredPart part = parts.get(i);
      String shown = TerminalText.cut(shown(part), width - INDENT.length());
      boolean space = part.spaceBefore() && i > 0;
      int needed = TerminalText.width(shown) + (space ? 1 : 0);
      if (used + needed > width && used > INDENT.length()) {
        map.append(System.lineSeparator()).append(INDENT);
        used = INDENT.length();
        space = false;
      }
      map.append(space ? " " : "").append(paint.heat(shown, part.intensity()));
      used += TerminalText.width(shown) + (space ? 1 : 0);
    }
    return map.toString();
  }

  private String shown(ScoredPart part) {
    boolean numbered = !paint.hasColor() && part.share() >= LEAST_NUMBERED;
    String sign = part.score() < 0 ? "-" : "";
    return numbered ? part.text() + "[" + sign + part.shareText() + "]" : part.text();
  }
}
