package org.attentionflow.formats.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.attentionflow.formats.Samples;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.TextResult;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class HtmlWriterTest {
  private static List<Element> elements(Document page, String name) {
    NodeList nodes = page.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static Document page(TextResult... results) throws Exception {
    return Render.xml(Render.of("html", List.of(results)));
  }

  @Test
  void isOneWellFormedPageWithoutScriptOrReferences() throws Exception {
    String text = Render.of("html", Samples.results());
    Document page = Render.xml(text);
    Set<String> allowed = new HashSet<>(List.of("xmlns", "href"));
    for (Element element : elements(page, "*")) {
      assertFalse(
          Set.of("script", "img", "iframe", "link", "object").contains(element.getTagName()));
      for (int i = 0; i < element.getAttributes().getLength(); i++) {
        String name = element.getAttributes().item(i).getNodeName();
        String value = element.getAttributes().item(i).getNodeValue();
        assertFalse(name.startsWith("on") || name.equals("style"), name);
        assertFalse(value.contains("://") && !allowed.contains(name), value);
        assertTrue(!name.equals("href") || value.startsWith("#"), value);
      }
    }
    assertFalse(text.contains("<script"));
    assertEquals("en", page.getDocumentElement().getAttribute("lang"));
  }

  @Test
  void thePolicyNamesTheStyleSheetAndForbidsTheRest() throws Exception {
    String text = Render.of("html", Samples.results());
    String sheet = text.substring(text.indexOf("<style>") + 7, text.indexOf("</style>"));
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(sheet.getBytes(StandardCharsets.UTF_8));
    String hash = Base64.getEncoder().encodeToString(digest);
    String policy = elements(Render.xml(text), "meta").get(1).getAttribute("content");
    assertTrue(policy.startsWith("default-src 'none'; style-src 'sha256-" + hash + "';"), policy);
    assertEquals(text.indexOf("</style>"), text.lastIndexOf("</style>"));
  }

  @Test
  void aLongTextIsNotSetAsAHeading() throws Exception {
    Explanation explanation = Samples.certified();
    Document shortText = page(new TextResult(0, "word ".repeat(10), explanation, null));
    assertEquals("", elements(shortText, "h2").get(0).getAttribute("class"));
    Document longText = page(new TextResult(0, "word ".repeat(200), explanation, null));
    assertEquals("long", elements(longText, "h2").get(0).getAttribute("class"));
    assertEquals("word ".repeat(200), elements(longText, "h2").get(0).getTextContent());
  }

  @Test
  void showsEveryTokenWithItsPercentage() throws Exception {
    Document page = page(Samples.result(0, Samples.certified()));
    List<Results.Scored> tokens = Results.tokens(Samples.certified());
    List<Element> heat =
        elements(page, "ol").stream().filter(e -> e.getAttribute("class").equals("heat")).toList();
    assertEquals(2, heat.size());
    NodeList boxes = heat.get(1).getElementsByTagName("li");
    assertEquals(tokens.size(), boxes.getLength());
    for (int i = 0; i < tokens.size(); i++) {
      assertEquals(tokens.get(i).text() + tokens.get(i).percent(), boxes.item(i).getTextContent());
    }
    assertTrue(heat.get(0).getTextContent().contains("cute"), "words are joined");
    assertTrue(page.getDocumentElement().getTextContent().contains("98.7"), "probability");
  }

  @Test
  void hostileTokensAreShownAndDoNothing() throws Exception {
    Document page = page(Samples.result(0, Samples.hostile()));
    String text = page.getDocumentElement().getTextContent();
    assertTrue(text.contains("<script>alert(1)</script>"));
    assertTrue(text.contains("⟨U+202E⟩evil⟨U+202C⟩"));
    assertTrue(text.contains("␀␁␛[31m␡"));
    assertTrue(text.contains("⟨U+D800⟩"));
    assertTrue(text.contains("👩‍👧"), "joiners inside an emoji stay");
  }

  @Test
  void anUnreliableExplanationShowsNoScores() throws Exception {
    Document page = page(Samples.result(0, Samples.unreliable()));
    String text = elements(page, "main").get(0).getTextContent();
    assertTrue(text.contains("ITERATION_LIMIT"));
    assertTrue(text.contains("Not certified"));
    assertTrue(text.contains("conservation residual"));
    assertTrue(elements(page, "ol").isEmpty());
    assertFalse(text.contains("Words by score"));
  }

  @Test
  void noPathShowsZerosAndTheReason() throws Exception {
    Document page = page(Samples.result(0, Samples.noPath()));
    String text = elements(page, "main").get(0).getTextContent();
    assertTrue(text.contains("no path from source to sink"), text);
    assertTrue(text.contains("smart0"), text);
  }

  @Test
  void manyTextsHaveASummary() throws Exception {
    Document page = page(Samples.results().toArray(TextResult[]::new));
    Element summary = elements(page, "section").get(0);
    List<String> facts = new ArrayList<>();
    NodeList values = summary.getElementsByTagName("dd");
    for (int i = 0; i < values.getLength(); i++) {
      facts.add(values.item(i).getTextContent());
    }
    assertEquals(List.of("5", "3", "1", "1", "1"), facts);
    assertTrue(summary.getTextContent().contains("612 tokens > 512"));
    assertEquals(5, elements(page, "article").size());
    Set<String> ids = new HashSet<>();
    for (Element element : elements(page, "*")) {
      String id = element.getAttribute("id");
      assertTrue(id.isEmpty() || ids.add(id), "twice: " + id);
    }
  }

  /** Twenty-one texts of one kind: no pictures, and the provenance they share only once. */
  @Test
  void aLargePageStaysSmall() throws Exception {
    Explanation explanation = Samples.certified();
    List<TextResult> many =
        IntStream.range(0, 21).mapToObj(i -> Samples.result(i, explanation)).toList();
    Document page = Render.xml(Render.of("html", many));
    assertEquals(0, page.getElementsByTagName("path").getLength());
    String text = page.getDocumentElement().getTextContent();
    assertTrue(text.contains("at most 20 texts"));
    assertEquals(text.indexOf("solver.mu"), text.lastIndexOf("solver.mu"));
  }

  @Test
  void everyHeaderCellHasAScopeAndTheTableOfTheDiagnosticsEveryNumber() throws Exception {
    Document page = page(Samples.result(0, Samples.certified()));
    for (Element header : elements(page, "th")) {
      assertTrue(Pattern.matches("row|col", header.getAttribute("scope")));
    }
    String text = page.getDocumentElement().getTextContent();
    for (Diagnostics.Row row : Diagnostics.rows(Samples.certified().attribution().flow())) {
      assertTrue(text.contains(row.name() + row.value()), row.name());
    }
  }
}
