package org.attentionflow.formats.explanation;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.attentionflow.flow.Flow;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.token.Token;

/** The tables of an article: words by score, tokens, diagnostics. */
final class HtmlTables {
  /** So many bars are open; the rest is folded away. */
  private static final int OPEN_BARS = 20;

  private HtmlTables() {}

  /** Words (or tokens, if there are no words) sorted by score, with bars. */
  static void writeBars(List<Results.Scored> words, Explanation explanation, Appendable out)
      throws IOException {
    List<Results.Scored> units = words.isEmpty() ? Results.tokens(explanation) : words;
    List<Results.Scored> sorted =
        units.stream()
            .sorted(Comparator.comparingDouble(Results.Scored::score).reversed())
            .toList();
    double total = total(explanation);
    String unit = words.isEmpty() ? "Token" : "Word";
    out.append("<h3>" + unit + "s by score</h3>\n");
    List<Results.Scored> first = sorted.subList(0, Math.min(OPEN_BARS, sorted.size()));
    writeBarTable(unit, first, 1, total, out);
    if (sorted.size() > OPEN_BARS) {
      out.append("<details>\n<summary>" + (sorted.size() - OPEN_BARS) + " more</summary>\n");
      writeBarTable(unit, sorted.subList(OPEN_BARS, sorted.size()), OPEN_BARS + 1, total, out);
      out.append("</details>\n");
    }
  }

  private static void writeBarTable(
      String unit, List<Results.Scored> rows, int rank, double total, Appendable out)
      throws IOException {
    out.append("<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\" class=\"num\">#</th>")
        .append("<th scope=\"col\">" + unit + "</th><th scope=\"col\" class=\"num\">Score</th>")
        .append("<th scope=\"col\" class=\"num\">% of total</th>")
        .append("<th scope=\"col\">Of the largest</th></tr></thead>\n<tbody>\n");
    int number = rank;
    for (Results.Scored row : rows) {
      String width = SvgDocument.number(100 * Math.abs(row.intensity()));
      out.append("<tr><td class=\"num\">" + number++ + "</td><th scope=\"row\"><bdi lang=\"\">")
          .append(Markup.escape(row.text()) + "</bdi></th><td class=\"num\">")
          .append(Results.brief(row.score()) + "</td><td class=\"num\">")
          .append(Markup.escape(share(row.score(), total)) + "</td><td class=\"barcell\">")
          .append("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"bar\" viewBox=\"0 0 100 10\"")
          .append(" preserveAspectRatio=\"none\" role=\"img\"><title>")
          .append(
              Markup.escape(row.percent())
                  + " %</title><rect"
                  + (row.intensity() < 0 ? " class=\"below\"" : ""))
          .append(" width=\"" + width)
          .append("\" height=\"10\" rx=\"1\"></rect></svg></td></tr>\n");
    }
    out.append("</tbody>\n</table></div>\n");
  }

  /** Every token with its characters and its score, folded away. */
  static void writeTokens(Explanation explanation, Appendable out) throws IOException {
    double total = total(explanation);
    List<Results.Scored> scores = Results.tokens(explanation);
    out.append("<details>\n<summary>All tokens</summary>\n<div class=\"wide\"><table>\n<caption>")
        .append("Characters are positions in the text, in UTF-16 units.</caption>\n<thead><tr>")
        .append("<th scope=\"col\" class=\"num\">#</th><th scope=\"col\">Token</th>")
        .append("<th scope=\"col\">Characters</th><th scope=\"col\" class=\"num\">Score</th>")
        .append("<th scope=\"col\" class=\"num\">% of largest</th>")
        .append("<th scope=\"col\" class=\"num\">% of total</th></tr></thead>\n<tbody>\n");
    for (Token token : explanation.tokens().tokens()) {
      Results.Scored scored = scores.get(token.index());
      out.append("<tr><td class=\"num\">" + token.index() + "</td><th scope=\"row\">")
          .append("<bdi lang=\"\"><code>" + Markup.escape(token.text()) + "</code></bdi></th><td>")
          .append(token.special() ? "special" : token.start() + "–" + token.end())
          .append("</td><td class=\"num\">" + Results.brief(scored.score()))
          .append("</td><td class=\"num\">" + Markup.escape(scored.percent()))
          .append("</td><td class=\"num\">" + Markup.escape(share(scored.score(), total)))
          .append("</td></tr>\n");
    }
    out.append("</tbody>\n</table></div>\n</details>\n");
  }

  /** What certifies the flow, or shows why it is not certified. */
  static void writeDiagnostics(Flow flow, boolean open, Appendable out) throws IOException {
    out.append("<details" + (open ? " open=\"open\"" : "") + ">\n<summary>Diagnostics</summary>\n")
        .append("<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">Quantity</th>")
        .append("<th scope=\"col\" class=\"num\">Value</th>")
        .append("<th scope=\"col\" class=\"hide\">How to read it</th></tr></thead>\n<tbody>\n");
    for (Diagnostics.Row row : Diagnostics.rows(flow)) {
      out.append("<tr><th scope=\"row\">" + Markup.escape(row.name()) + "</th><td class=\"num\">")
          .append(Markup.escape(row.value()) + "</td><td class=\"hide soft\">")
          .append(Markup.escape(row.meaning()) + "</td></tr>\n");
    }
    out.append("</tbody>\n</table></div>\n</details>\n");
  }

  /** Of magnitudes: sums of scores of both signs would tend to cancel. */
  private static double total(Explanation explanation) {
    double total = 0;
    for (double score : explanation.attribution().scores()) {
      total += Math.abs(score);
    }
    return total;
  }

  private static String share(double score, double total) {
    return total > 0 ? Results.percent(score / total) : "0";
  }
}
