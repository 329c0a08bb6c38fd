package org.attentionflow.formats.explanation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.TextResult;

/**
 * Heat maps of tokens as one SVG picture for papers: text stays text, in whatever monospaced font
 * the reader has, stretched to its box; the number beneath is the score in percent of the largest.
 * Lengths are in user units of the viewBox, about one CSS pixel each.
 */
final class SvgWriter {
  private static final int WIDTH = 760;
  private static final int MARGIN = 12;
  private static final int LINE = 18;
  private static final int BOX_HEIGHT = 24;
  private static final int ROW = 44;
  private static final double CELL = 8.4;
  private static final int LONGEST_LINE = 105;

  private final StringBuilder body = new StringBuilder();
  private double y = MARGIN;

  private SvgWriter() {}

  static void write(List<TextResult> results, Appendable out) throws IOException {
    SvgWriter svg = new SvgWriter();
    for (TextResult result : results) {
      svg.add(result);
    }
    String height = number(svg.y + MARGIN / 2.0);
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " ")
        .append(height + "\" width=\"" + WIDTH + "\" height=\"" + height + "\" role=\"img\">\n")
        .append("<title>Heat map of tokens</title>\n")
        .append("<desc>The darker a token, the larger its score; the number beneath is the score")
        .append(" in percent of the largest.</desc>\n")
        .append("<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>\n")
        .append(svg.body)
        .append("</svg>\n");
  }

  private void add(TextResult result) {
    Explanation explanation = result.explanation();
    if (explanation == null) {
      line("Text " + (result.index() + 1) + ": " + Results.failure(result), "#8A1C1C");
    } else {
      line(Results.headline(explanation), "#333333");
      if (explanation.isReliable()) {
        addTokens(Results.tokens(explanation));
      }
      if (!Results.remark(explanation).isEmpty()) {
        line(Results.remark(explanation), "#8A1C1C");
      }
    }
    y += MARGIN;
  }

  private void line(String text, String colour) {
    for (String part : wrapped(VisibleText.of(text))) {
      y += LINE;
      body.append("<text x=\"" + MARGIN + "\" y=\"" + number(y) + "\" font-size=\"13\"")
          .append(" font-family=\"Helvetica, Arial, sans-serif\" fill=\"" + colour + "\">")
          .append(Markup.escape(part))
          .append("</text>\n");
    }
    y += 6;
  }

  private void addTokens(List<Results.Scored> tokens) {
    double x = MARGIN;
    for (Results.Scored token : tokens) {
      String text = VisibleText.of(token.text());
      double textWidth = CELL * TextCells.of(text);
      double width = Math.max(30, textWidth + 10);
      if (x > MARGIN && x + width > WIDTH - MARGIN) {
        x = MARGIN;
        y += ROW;
      }
      addBox(token, text, x, width, textWidth);
      x += width + 3;
    }
    y += ROW;
  }

  private void addBox(Results.Scored token, String text, double x, double width, double textWidth) {
    String centre = number(x + width / 2);
    body.append("<rect x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(width))
        .append("\" height=\"" + BOX_HEIGHT + "\" rx=\"3\" stroke=\"#B8C4D0\" stroke-width=\"0.7\"")
        .append(token.special() ? " stroke-dasharray=\"2 2\"" : "")
        .append(" fill=\"#" + HeatScale.hex(HeatScale.rgb(token.intensity())) + "\"/>")
        .append("<text x=\"" + centre + "\" y=\"" + number(y + 16.5) + "\" text-anchor=\"middle\"")
        .append(" font-size=\"14\" font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\"")
        .append(" fill=\"#" + HeatScale.hex(HeatScale.textRgb(token.intensity())) + "\"");
    if (textWidth > 0) {
      body.append(" textLength=\"" + number(textWidth) + "\" lengthAdjust=\"spacingAndGlyphs\"");
    }
    body.append(" xml:space=\"preserve\">")
        .append(Markup.escape(text))
        .append("</text><text x=\"" + centre + "\" y=\"" + number(y + BOX_HEIGHT + 11))
        .append("\" text-anchor=\"middle\" font-size=\"9.5\" fill=\"#444444\"")
        .append(" font-family=\"Helvetica, Arial, sans-serif\">")
        .append(Markup.escape(token.percent()))
        .append("</text>\n");
  }

  /** A length with at most two decimals. */
  static String number(double length) {
    String decimals = String.format(Locale.ROOT, "%.2f", length);
    return decimals.replaceAll("\\.?0+$", "");
  }

  static List<String> wrapped(String text) {
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
