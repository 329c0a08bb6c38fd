package org.attentionflow.formats.explanation;

import static org.attentionflow.formats.explanation.SvgDocument.number;

import java.io.IOException;
import java.util.List;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.TextResult;

/**
 * Heat maps of tokens as one SVG picture for papers: text stays text, in whatever monospaced font
 * the reader has, stretched to its box; the number beneath is the score in percent of the largest.
 * Lengths are in user units of the viewBox, about one CSS pixel each.
 */
final class SvgWriter {
  private static final int LINE = 18;
  private static final int BOX_HEIGHT = 24;
  private static final int ROW = 44;
  private static final double CELL = 8.4;

  private final SvgDocument picture = new SvgDocument(SvgDocument.MARGIN, LINE);

  private SvgWriter() {}

  static void write(List<TextResult> results, Appendable out) throws IOException {
    SvgWriter svg = new SvgWriter();
    results.forEach(svg::add);
    svg.picture.write(
        "Heat map of tokens",
        "The darker a token, the larger its score; the number beneath is the score in percent of"
            + " the largest.",
        SvgDocument.MARGIN / 2.0,
        out);
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
    picture.down(SvgDocument.MARGIN);
  }

  private void line(String text, String colour) {
    picture.text(text, colour);
    picture.down(6);
  }

  private void addTokens(List<Results.Scored> tokens) {
    double x = SvgDocument.MARGIN;
    for (Results.Scored token : tokens) {
      String text = VisibleText.of(token.text());
      double textWidth = CELL * TextCells.of(text);
      double width = Math.max(30, textWidth + 10);
      if (x > SvgDocument.MARGIN && x + width > SvgDocument.WIDTH - SvgDocument.MARGIN) {
        x = SvgDocument.MARGIN;
        picture.down(ROW);
      }
      addBox(token, text, x, width, textWidth);
      x += width + 3;
    }
    picture.down(ROW);
  }

  private void addBox(Results.Scored token, String text, double x, double width, double textWidth) {
    double y = picture.y();
    String centre = number(x + width / 2);
    StringBuilder body = new StringBuilder();
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
    picture.raw(body.toString());
  }
}
