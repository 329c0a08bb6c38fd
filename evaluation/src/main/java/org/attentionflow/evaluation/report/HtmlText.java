package org.attentionflow.evaluation.report;

import java.util.List;
import org.attentionflow.formats.explanation.VisibleText;

/** Builds a page; every text from outside is escaped and made visible. Not thread-safe. */
final class HtmlText {
  private final StringBuilder out = new StringBuilder();

  /** Text as the content of an element or a quoted attribute. */
  static String escape(String text) {
    return VisibleText.of(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Markup as it is. */
  HtmlText raw(String markup) {
    out.append(markup);
    return this;
  }

  HtmlText heading(String text) {
    return raw("<h2>" + escape(text) + "</h2>\n");
  }

  HtmlText subheading(String text) {
    return raw("<h3>" + escape(text) + "</h3>\n");
  }

  HtmlText paragraph(String text) {
    return raw("<p>" + escape(text) + "</p>\n");
  }

  HtmlText soft(String text) {
    return raw("<p class=\"soft\">" + escape(text) + "</p>\n");
  }

  /** A table whose columns behind the first {@code textColumns} are numbers. */
  HtmlText table(List<String> head, List<List<String>> rows, int textColumns) {
    raw("<div class=\"wide\"><table>\n<thead>");
    row("th scope=\"col\"", head, textColumns);
    raw("</thead>\n<tbody>\n");
    rows.forEach(row -> row("td", row, textColumns));
    return raw("</tbody>\n</table></div>\n");
  }

  private void row(String tag, List<String> cells, int textColumns) {
    String end = tag.substring(0, 2);
    raw("<tr>");
    for (int i = 0; i < cells.size(); i++) {
      raw("<" + tag + (i < textColumns ? ">" : " class=\"n\">"));
      raw(escape(cells.get(i)) + "</" + end + ">");
    }
    raw("</tr>\n");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
