package org.attentionflow.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.attentionflow.evaluation.experiment.Experiment;
import org.attentionflow.evaluation.experiment.ExperimentFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tables and report say of lines made by hand. */
class SummaryTablesTest {
  private static final String SCORED =
      "{\"status\":\"CERTIFIED\",\"scores\":[1.0],\"flow\":{\"solver\":\"%s\",\"unique\":%s,"
          + "\"iterations\":1,\"cutBlock\":null}}";

  @TempDir Path folder;

  private Experiment experiment() throws IOException {
    Path file = folder.resolve("pair.yaml");
    Files.writeString(folder.resolve("dev.tsv"), "sentence\tlabel\n");
    Files.writeString(
        file,
        "name: pair\ndata: {path: dev.tsv}\n"
            + "methods: [agf, {id: plain, method: agf, solver: {name: dinic}}]\n"
            + "evaluation: {statistics: {resamples: 50, permutations: 50}}\n");
    return ExperimentFile.read(file).resolve();
  }

  private static Findings findings(boolean isPlainUnique, int count) {
    Findings findings = new Findings(Set.of(0));
    for (int i = 0; i < count; i++) {
      String head = "{\"index\":" + i + ",\"id\":\"" + i + "\",";
      findings.record(
          head
              + "\"targetLabel\":\"positive\",\"logits\":[0.0,1.0],\"gold\":1,"
              + "\"tokens\":{\"text\":[\"fine\"],\"start\":[0],\"end\":[4],\"special\":[]},"
              + "\"methods\":{\"agf\":"
              + String.format(SCORED, "barrier", true)
              + ",\"plain\":"
              + String.format(SCORED, "dinic", isPlainUnique)
              + "}}");
      String values = "{\"mask\":{\"aopc@1\":{\"value\":0.312}}}";
      findings.metrics(head + "\"rows\":{\"agf\":" + values + ",\"plain\":" + values + "}}");
    }
    return findings;
  }

  @Test
  void scoresOfOneOfManyMaximumFlowsAreMarkedEverywhere() throws IOException {
    Experiment experiment = experiment();
    Findings findings = findings(false, 3);
    Summary summary = Summaries.of(experiment, findings);
    SummaryTables tables = new SummaryTables(summary);
    assertTrue(tables.markdown().contains("| plain † |"), tables.markdown());
    assertTrue(tables.markdown().contains("| agf |"), tables.markdown());
    assertTrue(tables.markdown().contains("† not unique (plain)"), tables.markdown());
    assertTrue(tables.latex().contains("plain $^\\dagger$"), tables.latex());
    List<String> lines = tables.csv().lines().toList();
    assertTrue(lines.get(0).endsWith(",unique"), lines.get(0));
    assertTrue(lines.get(1).startsWith("agf,") && lines.get(1).endsWith(",true"), lines.get(1));
    assertTrue(lines.get(2).startsWith("plain,") && lines.get(2).endsWith(",false"), lines.get(2));
    assertTrue(SummaryJson.of(summary).contains("\"unique\": false"), "in the JSON");
    String html = new ReportPage(experiment, Map.of(), findings, summary).html();
    assertTrue(html.contains("plain †</t") && html.contains("one of many"), html);
    assertEquals(2, html.split("† not unique \\(plain\\)", -1).length - 1, "results and examples");
  }

  /** Two of four texts have bounds: methods are shown over those two once more. */
  @Test
  void boundsAreComparedOverTheSameTexts() throws IOException {
    Experiment experiment = experiment();
    Findings findings = findings(true, 0);
    for (int i = 0; i < 4; i++) {
      String bounds = value("best-order", 0.9) + "," + value("worst-order", -0.1) + ",";
      findings.metrics(
          "{\"index\":"
              + i
              + ",\"id\":\""
              + i
              + "\","
              + (i < 2 ? "\"bounds\":\"" + (i == 0 ? "exact" : "blocks") + "\"," : "")
              + "\"rows\":{"
              + (i < 2 ? bounds : "")
              + value("agf", i < 2 ? 0.25 : 0.75)
              + "}}");
    }
    Summary summary = Summaries.of(experiment, findings);
    assertEquals(0.5, summary.row("agf", "aopc", "mask").orElseThrow().interval().mean(), 1e-15);
    SummaryRow bounded = summary.boundedRow("agf", "aopc", "mask").orElseThrow();
    assertEquals(0.25, bounded.interval().mean(), 0);
    assertEquals(2, bounded.interval().count());
    String markdown = new SummaryTables(summary).markdown();
    String[] tables = markdown.split("only texts with a best and a worst order", 2);
    assertTrue(tables[0].contains("| agf | 4 | 0.500 "), markdown);
    assertTrue(tables[1].contains("| agf | 2 | 0.250 [0.250, 0.250] |"), markdown);
    assertTrue(tables[1].contains("| best-order (found, by AOPC) | 2 | 0.900 "), markdown);
    assertTrue(SummaryJson.of(summary).contains("boundedRows"), "in the JSON");
    assertTrue(
        markdown.contains("exact for 1, by a beam in blocks of the grid for 1 texts; where"),
        markdown);
    assertEquals(Map.of("exact", 1, "blocks", 1), summary.bounds());
  }

  private static String value(String row, double aopc) {
    return "\"" + row + "\":{\"mask\":{\"aopc@1\":{\"value\":" + aopc + "}}}";
  }

  @Test
  void whereAllTextsHaveBoundsThereIsOneTable() throws IOException {
    Findings findings = findings(true, 0);
    for (int i = 0; i < 2; i++) {
      findings.metrics(
          "{\"index\":"
              + i
              + ",\"id\":\""
              + i
              + "\",\"rows\":{"
              + value("agf", 0.25)
              + ","
              + value("best-order", 0.9)
              + "}}");
    }
    Summary summary = Summaries.of(experiment(), findings);
    assertEquals(List.of(), summary.boundedRows());
    assertFalse(new SummaryTables(summary).markdown().contains("only texts"));
  }

  @Test
  void oneExampleHasNoInterval() throws IOException {
    Experiment experiment = experiment();
    Summary one = Summaries.of(experiment, findings(true, 1));
    String markdown = new SummaryTables(one).markdown();
    assertTrue(markdown.contains("| agf | 1 | 0.312 [–] |"), markdown);
    assertTrue(markdown.contains("one example has none"), markdown);
    assertTrue(new SummaryTables(one).csv().contains("agf,mask,aopc@1,0.312,,,1,"), "no ends");
    assertTrue(SummaryJson.of(one).contains("\"low\": null"), "no ends in the JSON");
    String html = new ReportPage(experiment, Map.of(), findings(true, 1), one).html();
    assertFalse(html.contains("NaN") || html.contains("[0.312"), html);
    String three = new SummaryTables(Summaries.of(experiment, findings(true, 3))).markdown();
    assertTrue(three.contains("| agf | 3 | 0.312 [0.312, 0.312] |"), three);
    assertFalse(three.contains("one example has none"), three);
  }

  @Test
  void marksBehindTheCutAreSaid() throws IOException {
    Findings findings = findings(true, 2);
    for (String rationale : List.of("[]", "[0]")) {
      findings.record(
          "{\"index\":9,\"id\":\"9\",\"logits\":[0.0,1.0],\"gold\":1,\"truncated\":true,"
              + "\"rationale\":"
              + rationale
              + ",\"methods\":{}}");
    }
    Summary summary = Summaries.of(experiment(), findings);
    assertEquals(2, summary.truncated());
    assertEquals(1, summary.markedBehindCut());
    String counts = new SummaryTables(summary).counts();
    assertTrue(counts.contains("2 cut at data.max-tokens"), counts);
    assertTrue(counts.contains("In 1 of them every mark lies behind the cut"), counts);
    String whole = new SummaryTables(Summaries.of(experiment(), findings(true, 2))).counts();
    assertFalse(whole.contains("cut"), whole);
  }

  @Test
  void uniqueScoresHaveNoMark() throws IOException {
    Experiment experiment = experiment();
    Findings findings = findings(true, 3);
    Summary summary = Summaries.of(experiment, findings);
    assertFalse(new SummaryTables(summary).markdown().contains("†"));
    String html = new ReportPage(experiment, Map.of(), findings, summary).html();
    assertFalse(html.contains("†") || html.contains("one of many"), html);
  }
}
