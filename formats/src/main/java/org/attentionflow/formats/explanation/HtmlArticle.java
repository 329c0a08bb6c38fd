package org.attentionflow.formats.explanation;

import java.io.IOException;
import java.util.List;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.TextResult;
import org.jspecify.annotations.Nullable;

/** One text of the page: prediction, heat maps, bars, flow, diagnostics. */
final class HtmlArticle {
  /** A longer text is set as text, not as a heading; in characters. */
  private static final int LONGEST_HEADING = 240;

  private HtmlArticle() {}

  /**
   * Writes the article of one result.
   *
   * @param alone whether it is the only one of its page: then its diagnostics are open
   * @param draw whether the flow is drawn
   */
  static void write(TextResult result, boolean alone, boolean draw, Appendable out)
      throws IOException {
    String id = "text-" + (result.index() + 1);
    out.append("<article id=\"" + id + "\" aria-labelledby=\"" + id + "-heading\">\n")
        .append("<h2 id=\"" + id + "-heading\"")
        .append(result.text().length() > LONGEST_HEADING ? " class=\"long\">" : ">")
        .append(alone ? "" : "Text " + (result.index() + 1) + ": ")
        .append("<bdi lang=\"\">")
        .append(Markup.escape(result.text()))
        .append("</bdi></h2>\n");
    Explanation explanation = result.explanation();
    if (explanation == null) {
      note(out, "bad", "No explanation", Results.failure(result));
    } else {
      writeExplanation(explanation, alone, draw, out);
    }
    out.append("</article>\n");
  }

  /** One entry of a list of facts. */
  static void fact(Appendable out, String name, String value) throws IOException {
    out.append("<div><dt>" + Markup.escape(name) + "</dt><dd><bdi>" + Markup.escape(value))
        .append("</bdi></dd></div>");
  }

  private static void writeExplanation(
      Explanation explanation, boolean alone, boolean draw, Appendable out) throws IOException {
    out.append("<dl class=\"facts\">");
    fact(
        out,
        "prediction",
        explanation.prediction().label() + " (" + Results.probability(explanation) + " %)");
    fact(out, "explained target", explanation.targetLabel());
    fact(out, "method", explanation.attribution().method());
    fact(out, "model", explanation.model().name());
    fact(out, "engine", explanation.engine());
    out.append("</dl>\n");
    Flow flow = explanation.attribution().flow();
    if (flow != null) {
      writeStatus(flow, out);
    }
    if (explanation.isReliable()) {
      writeScores(explanation, draw ? flow : null, out);
    }
    if (flow != null) {
      HtmlTables.writeDiagnostics(flow, alone || !explanation.isReliable(), out);
    }
    if (explanation.isReliable()) {
      HtmlTables.writeTokens(explanation, out);
    }
  }

  private static void writeScores(Explanation explanation, @Nullable Flow flow, Appendable out)
      throws IOException {
    List<Results.Scored> words = Results.words(explanation);
    writeHeat("Words", words, out);
    writeHeat("Tokens", Results.tokens(explanation), out);
    writeScale(out);
    if (!Results.hasNoPath(explanation)) {
      HtmlTables.writeBars(words, explanation, out);
    }
    if (flow != null) {
      HtmlFlow.write(explanation, flow, out);
    }
  }

  private static void writeStatus(Flow flow, Appendable out) throws IOException {
    String kind =
        flow.status() == SolveStatus.CERTIFIED ? "ok" : flow.status().isReliable() ? "warn" : "bad";
    note(out, kind, flow.status().name(), Diagnostics.meaning(flow));
    if (!flow.isUnique() && flow.status() == SolveStatus.CERTIFIED) {
      note(
          out,
          "warn",
          "Not unique",
          "A maximum flow is one of many: another correct solver may give other scores.");
    }
  }

  private static void note(Appendable out, String kind, String title, String text)
      throws IOException {
    out.append("<p class=\"note " + kind + "\"><strong>" + Markup.escape(title))
        .append(":</strong> " + Markup.escape(text) + "</p>\n");
  }

  private static void writeHeat(String title, List<Results.Scored> units, Appendable out)
      throws IOException {
    if (units.isEmpty()) {
      return;
    }
    out.append("<h3>" + title + "</h3>\n<ol class=\"heat\" lang=\"\">\n");
    for (Results.Scored unit : units) {
      out.append("<li class=\"" + HeatStyle.heatClass(unit.intensity()))
          .append(unit.special() ? " special" : "")
          .append("\" title=\"score " + Results.brief(unit.score()) + "\"><bdi>")
          .append(Markup.escape(unit.text()))
          .append("</bdi><span class=\"n\">" + Markup.escape(unit.percent()) + "</span></li>\n");
    }
    out.append("</ol>\n");
  }

  private static void writeScale(Appendable out) throws IOException {
    out.append("<div class=\"scale\"><span>0 %</span><ol aria-hidden=\"true\">");
    for (int step = 0; step <= HeatStyle.STEPS; step += HeatStyle.STEPS / 8) {
      out.append("<li class=\"h" + step + "\"></li>");
    }
    out.append("</ol><span>100 % of the largest score; the number in a box is this percentage.")
        .append(" Orange: scores below zero. Dashed: special tokens of the model.</span></div>\n");
  }
}
