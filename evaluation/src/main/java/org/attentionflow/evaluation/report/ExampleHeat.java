package org.attentionflow.evaluation.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.attentionflow.evaluation.json.JsonTree;
import org.attentionflow.formats.explanation.HeatScale;

/** One example with the scores of several methods side by side. */
final class ExampleHeat {
  /** The number of steps of the scale. */
  private static final int STEPS = 10;

  /** Longer texts would make a page of their own. */
  private static final int MOST_TOKENS = 80;

  private ExampleHeat() {}

  /** The classes of the scale. */
  static String style() {
    StringBuilder style = new StringBuilder(".t{padding:.1rem .2rem;border-radius:.2rem}");
    for (int i = -STEPS; i <= STEPS; i++) {
      double intensity = (double) i / STEPS;
      style.append(
          String.format(
              Locale.ROOT,
              ".%s{background:#%06x;color:#%06x}",
              heatClass(intensity),
              HeatScale.rgb(intensity),
              HeatScale.textRgb(intensity)));
    }
    return style.toString();
  }

  /** The class of an intensity from −1 to 1. */
  private static String heatClass(double intensity) {
    long step = Math.round(Math.abs(intensity) * STEPS);
    return (intensity < 0 && step > 0 ? "g" : "h") + step;
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
    for (int i = 0; i < count; i++) {
      if (!special.contains(i)) {
        page.raw(
                "<span class=\"t "
                    + heatClass(heat[i])
                    + "\" title=\""
                    + JsonTree.number(scores[i])
                    + "\">")
            .raw(HtmlText.escape(tokens.getAsJsonArray("text").get(i).getAsString()))
            .raw("</span> ");
      }
    }
    page.raw("</td></tr>\n");
  }
}
