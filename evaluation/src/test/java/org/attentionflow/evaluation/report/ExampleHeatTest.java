package org.attentionflow.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleHeatTest {
  private static String written(String tokens, String scores) {
    HtmlText page = new HtmlText();
    ExampleHeat.write(
        JsonParser.parseString(
                "{id: 7, targetLabel: positive, tokens: "
                    + tokens
                    + ", methods: {agf: {status: CERTIFIED, scores: "
                    + scores
                    + "}}}")
            .getAsJsonObject(),
        List.of("agf"),
        page);
    return page.toString();
  }

  @Test
  void piecesOfAWordStandTogetherWithoutTheirMark() {
    String page =
        written(
            "{text: ['[CLS]', un, '##ly', '##', it], start: [0, 0, 2, 5, 7],"
                + " end: [0, 2, 4, 7, 9], special: [0]}",
            "[9, 1, 2, 0, -1]");
    assertEquals(
        "un|ly| ##|it",
        page.replaceAll("(?s).*?<td>", "")
            .replaceAll("(?s)</td>.*", "")
            .replaceAll("</span><span[^>]*>", "|")
            .replaceAll("</span> <span[^>]*>", "| ")
            .replaceAll("<[^>]*>", ""));
    assertTrue(page.contains("class=\"t h40\" title=\"2\"") && page.contains("t g20"), page);
  }

  @Test
  void markupIsText() {
    String page = written("{text: ['<b>'], start: [0], end: [3], special: []}", "[1]");
    assertTrue(page.contains("&lt;b&gt;") && !page.contains("<b>"), page);
  }
}
