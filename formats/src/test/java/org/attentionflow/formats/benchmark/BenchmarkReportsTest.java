package org.attentionflow.formats.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.attentionflow.failure.UnusableInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class BenchmarkReportsTest {
  private static final Analysis ANALYSIS = new Analysis(Runs.twoSolvers(), "cubic", 128);

  @TempDir Path folder;

  private static String write(String suffix, Analysis analysis) throws IOException {
    StringBuilder out = new StringBuilder();
    BenchmarkReports.write(suffix, analysis, out);
    return out.toString();
  }

  private static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text.replace("<!DOCTYPE html>", ""))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"html", "svg"})
  void markupIsWellFormedAndHoldsNoNonsense(String suffix) throws Exception {
    String report = write(suffix, ANALYSIS);
    Document document = xml(report);
    // One line per solver and a mark per certified measurement.
    assertEquals(2, document.getElementsByTagName("polyline").getLength());
    assertEquals(10, document.getElementsByTagName("path").getLength());
    assertFalse(report.contains("NaN"));
    assertTrue(report.contains("Some &lt;CPU&gt;"));
    assertTrue(report.contains(">linear</text>"));
  }

  @Test
  void thePageSaysEverything() throws Exception {
    String page = write("html", ANALYSIS);
    assertTrue(page.contains("<td class=\"n\">1.50 … 1.50</td>"), page);
    assertTrue(page.contains("ITERATION_LIMIT"));
    assertTrue(page.contains("absent &lt;solver&gt;: not present"));
    assertTrue(page.contains("2026-01-31; commit abc"));
  }

  @Test
  void rowsWithoutAWarmUpAreMarked() throws IOException {
    Instance instance = Runs.instance(128);
    List<Measurement> cold =
        List.of(
            new Measurement(
                instance, "one", Times.withoutWarmUp(1), 9, "CERTIFIED", 0, Double.NaN));
    BenchmarkRun run =
        new BenchmarkRun(Runs.MACHINE, "", "", "", cold, List.of(), List.of(), List.of());
    String page = write("html", new Analysis(run, "one", 128));
    assertTrue(page.contains("<td class=\"n\">1, no warm-up</td>"), page);
    assertTrue(page.contains("JMH would count the set-up too"), page);
    assertFalse(write("html", ANALYSIS).contains("no warm-up"));
  }

  @Test
  void theJsonHoldsTheRunAndWhatFollows() throws Exception {
    JsonObject json = JsonParser.parseString(write("json", ANALYSIS)).getAsJsonObject();
    assertEquals(11, json.getAsJsonArray("measurements").size());
    assertEquals(2, json.getAsJsonArray("growths").size());
    assertEquals("2026-01-31", json.getAsJsonObject("machine").get("date").getAsString());
    JsonObject first = json.getAsJsonArray("measurements").get(0).getAsJsonObject();
    assertEquals(20, first.get("inSweeps").getAsDouble(), 1e-9);
  }

  @Test
  void labelsDoNotOverlapWhereLinesEndTogether() throws Exception {
    List<Measurement> same =
        List.of(
            Runs.measurement("one", 64, 1e-3, "CERTIFIED"),
            Runs.measurement("two", 64, 1e-3, "CERTIFIED"));
    BenchmarkRun run =
        new BenchmarkRun(Runs.MACHINE, "", "", "", same, List.of(), List.of(), List.of());
    String svg = write("svg", new Analysis(run, "one", 128));
    xml(svg);
    assertFalse(svg.contains("NaN") || svg.contains("Infinity"), svg);
    double one = labelY(svg, "one");
    assertTrue(Math.abs(one - labelY(svg, "two")) >= 15, svg);
  }

  private static double labelY(String svg, String label) {
    String line = svg.lines().filter(l -> l.contains(">" + label + "</text>")).findFirst().get();
    return Double.parseDouble(line.replaceAll(".* y=\"([^\"]*)\".*", "$1"));
  }

  @Test
  void anUnknownEndingIsRefused() {
    assertThrows(
        UnusableInputException.class,
        () -> BenchmarkReports.writeFile(folder.resolve("report.pdf"), ANALYSIS));
  }

  @Test
  void aFileIsWrittenWhole() throws IOException {
    Path file = folder.resolve("report.svg");
    BenchmarkReports.writeFile(file, ANALYSIS);
    assertEquals(write("svg", ANALYSIS), Files.readString(file));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }
}
