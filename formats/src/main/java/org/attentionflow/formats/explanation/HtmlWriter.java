package org.attentionflow.formats.explanation;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.TextResult;
import org.attentionflow.provenance.Provenance;

/**
 * Results as one page: it needs no other file and no network, runs no script, and forbids by its
 * content security policy whatever a text might try. The page is HTML and well-formed XML at once.
 */
final class HtmlWriter {
  private static final int TITLE_LENGTH = 80;

  /** A flow view takes up to 100 kB: a page of more texts is written without. */
  private static final int MOST_FLOW_VIEWS = 20;

  private HtmlWriter() {}

  static void write(List<TextResult> results, Appendable out) throws IOException {
    String sheet = HtmlStyle.sheet();
    String title = title(results);
    out.append(
            "<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n")
        .append("<meta charset=\"utf-8\" />\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
        .append(PagePolicy.of(sheet))
        .append("\" />\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n")
        .append("<meta name=\"referrer\" content=\"no-referrer\" />\n<title>")
        .append(Markup.escape(title))
        .append("</title>\n<style>")
        .append(sheet)
        .append("</style>\n</head>\n<body>\n<main>\n<h1>")
        .append(heading(results))
        .append("</h1>\n");
    if (results.size() != 1) {
      writeSummary(results, out);
    }
    for (TextResult result : results) {
      HtmlArticle.write(result, results.size() == 1, results.size() <= MOST_FLOW_VIEWS, out);
    }
    writeProvenance(results, out);
    out.append("</main>\n<footer><p>Attention Flow explains a prediction of a Transformer by the")
        .append(" flow of information from its input tokens to its output.</p></footer>\n")
        .append("</body>\n</html>\n");
  }

  private static String title(List<TextResult> results) {
    return results.size() == 1
        ? "Explanation: "
            + VisibleText.shortened(VisibleText.of(results.get(0).text()), TITLE_LENGTH)
        : results.size() + " explanations";
  }

  private static String heading(List<TextResult> results) {
    if (results.size() != 1) {
      return results.size() + " texts";
    }
    boolean isExplained = results.get(0).explanation() != null;
    return isExplained ? "Why the model predicts this" : "No explanation";
  }

  private static void writeSummary(List<TextResult> results, Appendable out) throws IOException {
    List<Explanation> explained =
        results.stream().flatMap(r -> Stream.ofNullable(r.explanation())).toList();
    long noPath = explained.stream().filter(Results::hasNoPath).count();
    long unreliable = explained.stream().filter(e -> !e.isReliable()).count();
    int failed = results.size() - explained.size();
    out.append("<section aria-labelledby=\"summary\">\n<h2 id=\"summary\">Summary</h2>\n")
        .append("<dl class=\"facts\">");
    HtmlArticle.fact(out, "texts", Integer.toString(results.size()));
    HtmlArticle.fact(out, "explained", Long.toString(explained.size() - unreliable));
    HtmlArticle.fact(out, "of these without a path (scores zero)", Long.toString(noPath));
    HtmlArticle.fact(out, "not certified (no scores)", Long.toString(unreliable));
    HtmlArticle.fact(out, "failed", Integer.toString(failed));
    out.append("</dl>\n");
    if (results.size() > MOST_FLOW_VIEWS) {
      out.append("<p class=\"soft\">The flow through the layers is drawn on pages of at most ")
          .append(MOST_FLOW_VIEWS + " texts.</p>\n");
    }
    if (failed > 0) {
      writeFailures(results, out);
    }
    out.append("</section>\n");
  }

  private static void writeFailures(List<TextResult> results, Appendable out) throws IOException {
    out.append("<div class=\"wide\"><table>\n<caption>Texts without an explanation</caption>\n")
        .append("<thead><tr><th scope=\"col\">Text</th><th scope=\"col\">Reason</th></tr></thead>")
        .append("\n<tbody>\n");
    for (TextResult result : results) {
      if (result.explanation() == null) {
        out.append("<tr><th scope=\"row\"><a href=\"#text-" + (result.index() + 1) + "\">Text ")
            .append((result.index() + 1) + "</a></th><td>")
            .append(Markup.escape(Results.failure(result)))
            .append("</td></tr>\n");
      }
    }
    out.append("</tbody>\n</table></div>\n");
  }

  /** Texts of one run share their provenance: each different one appears once. */
  private static void writeProvenance(List<TextResult> results, Appendable out) throws IOException {
    Set<Provenance> all = new LinkedHashSet<>();
    for (TextResult result : results) {
      Explanation explanation = result.explanation();
      if (explanation != null) {
        all.add(explanation.provenance());
      }
    }
    for (Provenance provenance : all) {
      out.append("<details>\n<summary>Settings and provenance</summary>\n<div class=\"wide\">");
      table(out, "What made this result", "Part", software(provenance));
      table(out, "Settings, defaults included", "Key", provenance.settings());
      table(out, "SHA-256 of the files of the model", "File", provenance.model());
      out.append("</div>\n</details>\n");
    }
  }

  private static Map<String, String> software(Provenance provenance) {
    return new TreeMap<>(
        Map.of(
            "Attention Flow",
            provenance.version(),
            "Java",
            provenance.java(),
            "platform",
            provenance.platform()));
  }

  private static void table(Appendable out, String caption, String key, Map<String, String> rows)
      throws IOException {
    out.append("<table>\n<caption>" + caption + "</caption>\n<thead><tr><th scope=\"col\">" + key)
        .append("</th><th scope=\"col\">Value</th></tr></thead>\n<tbody>\n");
    for (Map.Entry<String, String> row : rows.entrySet()) {
      out.append("<tr><th scope=\"row\"><code>")
          .append(Markup.escape(row.getKey()))
          .append("</code></th><td><code>")
          .append(Markup.escape(row.getValue()))
          .append("</code></td></tr>\n");
    }
    out.append("</tbody>\n</table>\n");
  }
}
