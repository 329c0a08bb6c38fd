package org.attentionflow.formats.explanation;

/** Text inside HTML, XHTML and SVG: visible characters, and none that begins markup. */
final class Markup {
  private Markup() {}

  /** Text for the content of an element or a quoted attribute. */
  static String escape(String text) {
    String visible = VisibleText.of(text);
    StringBuilder escaped = new StringBuilder(visible.length() + 16);
    for (int i = 0; i < visible.length(); i++) {
      char unit = visible.charAt(i);
      switch (unit) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(unit);
      }
    }
    return escaped.toString();
  }
}
