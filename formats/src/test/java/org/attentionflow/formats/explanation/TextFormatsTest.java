package org.attentionflow.formats.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.attentionflow.formats.Samples;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.TextResult;
import org.attentionflow.token.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class TextFormatsTest {
  /** An independent reader of RFC 4180. */
  private static List<List<String>> csv(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean doubled = quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
      if (doubled) {
        field.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\n')) {
        row.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else {
        field.append(c);
      }
    }
    return rows;
  }

  @Test
  void csvKeepsTokensAndScoresExactly() throws Exception {
    Explanation hostile = Samples.hostile();
    List<List<String>> rows = csv(Render.of("csv", List.of(Samples.result(4, hostile))));
    assertTrue(rows.stream().allMatch(row -> row.size() == 8));
    for (Token token : hostile.tokens().tokens()) {
      List<String> row = rows.get(1 + token.index());
      assertEquals("4", row.get(0));
      assertEquals("token", row.get(1));
      String expected = token.text().replace('\uD800', '\uFFFD').replace('\uDC00', '\uFFFD');
      boolean hasPair = token.text().contains("👩");
      assertEquals(hasPair ? token.text() : expected, row.get(3));
      double score = hostile.attribution().scores()[token.index()];
      assertEquals(score, Double.parseDouble(row.get(7)), 0);
    }
  }

  @Test
  void csvHasWordsAndFailuresAndNoUnreliableScores() throws Exception {
    List<List<String>> rows = csv(Render.of("csv", Samples.results()));
    assertTrue(rows.stream().anyMatch(r -> r.get(1).equals("word") && r.get(3).equals("cute")));
    assertTrue(
        rows.stream().anyMatch(r -> r.get(1).equals("failure") && r.get(3).contains("\"too\"")));
    for (List<String> row : rows) {
      assertTrue(!row.get(0).equals("2") || row.get(7).isEmpty(), row.toString());
      assertTrue(!row.get(0).equals("1") || row.get(7).equals("0"), row.toString());
    }
  }

  @Test
  void svgIsWellFormedAndStaysInsideItsWidth() throws Exception {
    Document picture = Render.xml(Render.of("svg", Samples.results()));
    Element root = picture.getDocumentElement();
    String[] box = root.getAttribute("viewBox").split(" ");
    NodeList boxes = root.getElementsByTagName("rect");
    for (int i = 1; i < boxes.getLength(); i++) {
      Element rect = (Element) boxes.item(i);
      double right = number(rect, "x") + number(rect, "width");
      assertTrue(right <= Double.parseDouble(box[2]), "right edge " + right);
      assertTrue(number(rect, "y") + number(rect, "height") <= Double.parseDouble(box[3]));
    }
    assertTrue(root.getTextContent().contains("<script>alert(1)</script>"));
    assertEquals(0, root.getElementsByTagName("script").getLength());
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  @Test
  void svgShowsNoScoresThatAreNotReliable() throws Exception {
    List<TextResult> one = List.of(Samples.result(0, Samples.unreliable()));
    Document picture = Render.xml(Render.of("svg", one));
    assertEquals(1, picture.getElementsByTagName("rect").getLength(), "the background alone");
    assertTrue(picture.getDocumentElement().getTextContent().contains("Not certified"));
  }

  @ParameterizedTest
  @CsvSource({
    "a_b,a\\_b",
    "100%,100\\%",
    "{\\x},\\{\\textbackslash{}x\\}",
    "~^,\\textasciitilde{}\\textasciicircum{}",
    "--,{-}{-}",
    "#$&,\\#\\$\\&",
    "<|>,\\textless{}\\textbar{}\\textgreater{}",
    "'\u202E',\\texttt{U+202E}",
    "世界é,世界é"
  })
  void latexEscapesWhatMeansSomethingToTex(String text, String escaped) {
    assertEquals(escaped, LatexWriter.escape(text));
  }

  @Test
  void latexGroupsAreBalancedAndEveryTokenHasItsBox() throws Exception {
    String text = Render.of("tex", Samples.results());
    int depth = 0;
    for (String line : text.lines().toList()) {
      for (int i = 0; i < line.length() && line.charAt(i) != '%'; i++) {
        char c = line.charAt(i);
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        i += c == '\\' ? 1 : 0;
      }
      assertTrue(depth >= 0, line);
    }
    assertEquals(0, depth);
    long boxes = text.lines().filter(line -> line.startsWith("\\colorbox")).count();
    int expected =
        Samples.certified().tokens().size()
            + Samples.noPath().tokens().size()
            + Samples.hostile().tokens().size();
    assertEquals(expected, boxes);
    assertFalse(text.contains("\\input{/etc"));
  }

  @Test
  void visibleTextKeepsLettersAndShowsTheRest() {
    assertEquals("ab␊c", VisibleText.of("ab\nc"));
    assertEquals("⟨U+200B⟩⟨U+FEFF⟩⟨U+0085⟩", VisibleText.of("\u200B\uFEFF\u0085"));
    assertEquals("⟨U+E0041⟩", VisibleText.of(Character.toString(0xE0041)));
    assertEquals("می\u200Cخواهم", VisibleText.of("می\u200Cخواهم"));
    assertEquals("ab…", VisibleText.shortened("abcd", 3));
    assertEquals("abc", VisibleText.shortened("abc", 3));
  }

  @Test
  void cellsOfText() {
    assertEquals(3, TextCells.of("abc"));
    assertEquals(4, TextCells.of("世界"));
    assertEquals(1, TextCells.of("e\u0301"));
  }

  @ParameterizedTest
  @CsvSource({"1,100", "0.123,12", "0.0456,4.6", "0.00001,<0.1", "0,0", "0.0996,10", "NaN,–"})
  void percentages(double share, String expected) {
    assertEquals(expected, Results.percent(share));
  }
}
