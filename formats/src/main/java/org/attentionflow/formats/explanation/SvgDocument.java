package org.attentionflow.formats.explanation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A picture that grows downwards: lines of text and whatever its writer draws below them. Lengths
 * are in user units of the viewBox, about one CSS pixel each.
 */
final class SvgDocument {
  /** The least width of a picture. */
  static final int WIDTH = 760;

  /** The space at its edges. */
  static final int MARGIN = 12;

  private static final int LONGEST_LINE = 105;
  private static final String FONT = "Helvetica, Arial, sans-serif";

  private final StringBuilder body = new StringBuilder();
  private final int lineHeight;
  private double width = WIDTH;
  private double y;

  /**
   * An empty picture.
   *
   * @param top where it begins
   * @param lineHeight the height of a line of text
   */
  SvgDocument(double top, int lineHeight) {
    y = top;
    this.lineHeight = lineHeight;
  }

  /** Where the next thing begins. */
  double y() {
    return y;
  }

  /** Leaves space, or passes what was drawn. */
  void down(double height) {
    y += height;
  }

  /** Makes the picture at least so wide. */
  void widen(double least) {
    width = Math.max(width, least);
  }

  /** Markup as it is. */
  SvgDocument raw(String markup) {
    body.append(markup);
    return this;
  }

  /** A text, over as many lines as it needs. */
  void text(String text, String colour) {
    for (String part : wrapped(VisibleText.of(text))) {
      y += lineHeight;
      body.append("<text x=\"" + MARGIN + "\" y=\"" + number(y) + "\" font-size=\"13\"")
          .append(" font-family=\"" + FONT + "\" fill=\"" + colour + "\">")
          .append(Markup.escape(part))
          .append("</text>\n");
    }
  }

  /**
   * Writes the picture.
   *
   * @param bottom the space below
   */
  void write(String title, String description, double bottom, Appendable out) throws IOException {
    String size = number(width);
    String height = number(y + bottom);
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + " " + height)
        .append("\" width=\"" + size + "\" height=\"" + height + "\" role=\"img\"")
        .append(" font-family=\"" + FONT + "\">\n")
        .append("<title>" + Markup.escape(title) + "</title>\n")
        .append("<desc>" + Markup.escape(description) + "</desc>\n")
        .append("<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>\n")
        .append(body)
        .append("</svg>\n");
  }

  /** A length with at most two decimals. */
  static String number(double length) {
    String decimals = String.format(Locale.ROOT, "%.2f", length);
    return decimals.replaceAll("\\.?0+$", "");
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() > 0 && line.length() + word.length() >= LONGEST_LINE) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
