package org.attentionflow.evaluation.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.attentionflow.evaluation.json.JsonTree;
import org.attentionflow.formats.explanation.HeatScale;
import org.attentionflow.formats.explanation.HeatStyle;

/** One example with the scores of several methods side by side. */
final class ExampleHeat {
  /** Longer texts would make a page of their own. */
  private static final int MOST_TOKENS = 80;

  /** Of WordPiece, byte-level BPE and SentencePiece. */
  private static final List<String> MARKS = List.of("##", "\u0120", "\u2581");

  private ExampleHeat() {}

  /** The style of tokens. */
  static String style() {
    return ".t{padding:.1rem .2rem;border-radius:.2rem;white-space:nowrap}\n" + HeatStyle.sheet();
  }

  static void write(JsonObject record, List<String> methods, HtmlText page) {
    JsonArray texts = record.getAsJsonObject("tokens").getAsJsonArray("text");
    int count = Math.min(MOST_TOKENS, texts.size());
    page.subheading("Example " + record.get("id").getAsString());
    page.soft(
        "Explained class: "
            + record.get("targetLabel").getAsString()
            + (count < texts.size()
                ? "; the first " + count + " of " + texts.size() + " tokens"
                : "")
            + ".");
    page.raw("<div class=\"wide\"><table><tbody>\n");
    for (String method : methods) {
      JsonElement found = record.getAsJsonObject("methods").get(method);
      if (found != null) {
        row(method, found.getAsJsonObject(), record, count, page);
      }
    }
    page.raw("</tbody></table></div>\n");
  }

  private static void row(
      String method, JsonObject found, JsonObject record, int count, HtmlText page) {
    String status = found.get("status").getAsString();
    page.raw("<tr><th scope=\"row\">" + HtmlText.escape(method) + "</th><td>");
    if (found.get("scores").isJsonNull() || status.equals("NO_PATH")) {
      page.raw(HtmlText.escape(status) + "</td></tr>\n");
      return;
    }
    double[] scores = JsonTree.doubles(found.get("scores"));
    JsonObject tokens = record.getAsJsonObject("tokens");
    Set<Integer> special = new HashSet<>();
    tokens.getAsJsonArray("special").forEach(index -> special.add(index.getAsInt()));
    double[] shown = scores.clone();
    special.forEach(index -> shown[index] = 0);
    double[] heat = HeatScale.intensities(shown);
    int end = 0;
    for (int i = 0; i < count; i++) {
      if (!special.contains(i)) {
        page.raw(number(tokens, "start", i) > end ? " " : "")
            .raw("<span class=\"t " + HeatStyle.heatClass(heat[i]) + "\" title=\"")
            .raw(
                JsonTree.number(scores[i]) + "\">" + HtmlText.escape(piece(tokens, i)) + "</span>");
        end = number(tokens, "end", i);
      }
    }
    page.raw("</td></tr>\n");
  }

  /** The characters of a token, without the mark that a tokenizer puts before some of them. */
  private static String piece(JsonObject tokens, int i) {
    String text = tokens.getAsJsonArray("text").get(i).getAsString();
    int length = number(tokens, "end", i) - number(tokens, "start", i);
    return MARKS.stream()
        .filter(mark -> text.startsWith(mark) && text.length() - mark.length() == length)
        .findFirst()
        .map(mark -> text.substring(mark.length()))
        .orElse(text);
  }

  private static int number(JsonObject tokens, String name, int i) {
    return tokens.getAsJsonArray(name).get(i).getAsInt();
  }
}
