package org.attentionflow.evaluation.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.attentionflow.evaluation.bundle.Bundle;
import org.attentionflow.evaluation.bundle.BundleFile;
import org.attentionflow.evaluation.experiment.ExperimentFile;
import org.attentionflow.evaluation.json.JsonTree;
import org.attentionflow.evaluation.report.Summary;
import org.attentionflow.failure.UnusableInputException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs of a small experiment: the same bytes, whatever interrupts them and however many work. */
class ExperimentRunTest {
  @TempDir static Path folder;

  private static Path file;
  private static Path reference;
  private static Summary summary;

  @BeforeAll
  static void run() throws IOException {
    file = RunFixture.write(folder);
    reference = folder.resolve("reference");
    RunResult result = RunFixture.run(file, reference, Map.of("runtime.threads", "1"));
    summary = result.summary();
    assertEquals(0, result.failed());
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "2,1", "2,32", "5,7"})
  void theSameBytesForAnyThreadsAndBatch(int threads, int batch) throws IOException {
    Path output = folder.resolve("t" + threads + "b" + batch);
    RunFixture.run(
        file, output, Map.of("runtime.threads", "" + threads, "runtime.batch", "" + batch));
    assertEquals(RunFixture.digests(reference), RunFixture.digests(output));
  }

  @Test
  void theSameBytesAfterAnInterruption() throws IOException {
    for (int stopAfter : List.of(0, 1, 4)) {
      Path output = folder.resolve("stopped" + stopAfter);
      ExperimentFile experiment = ExperimentFile.read(file);
      int[] steps = new int[1];
      RunListener stopping =
          new RunListener() {
            @Override
            public void step() {
              if (steps[0]++ == stopAfter) {
                throw new IllegalStateException("stopped");
              }
            }
          };
      try (PreparedRun run = PreparedRun.of(experiment.resolve(), RunFixture::locate)) {
        ExperimentRun stopped = new ExperimentRun(run, output, stopping);
        assertThrows(IllegalStateException.class, () -> stopped.run(Shard.ALL, false));
        String message =
            assertThrows(UnusableInputException.class, () -> stopped.run(Shard.ALL, false))
                .getMessage();
        assertTrue(message.contains("--resume"), message);
      }
      RunFixture.run(file, output, Map.of());
      assertEquals(RunFixture.digests(reference), RunFixture.digests(output));
    }
  }

  @Test
  void theSameBytesFromShards() throws IOException {
    List<Path> shards = new ArrayList<>();
    Path output = folder.resolve("merged");
    try (PreparedRun run =
        PreparedRun.of(ExperimentFile.read(file).resolve(), RunFixture::locate)) {
      for (int number = 1; number <= 3; number++) {
        Path shard = folder.resolve("shard" + number);
        shards.add(shard);
        new ExperimentRun(run, shard, RunListener.none()).run(new Shard(number, 3), false);
      }
      ExperimentRun merging = new ExperimentRun(run, output, RunListener.none());
      assertThrows(UnusableInputException.class, () -> merging.merge(shards.subList(0, 2)));
      merging.merge(shards);
    }
    assertEquals(RunFixture.digests(reference), RunFixture.digests(output));
  }

  @Test
  void everyRowHasAnIntervalAndItsCounts() {
    assertEquals(6, summary.evaluated());
    assertEquals(1, summary.skipped());
    for (String row : List.of("agf", "af", "coarse", ReferenceRow.RANDOM)) {
      for (String operator : List.of("mask", "delete")) {
        var found = summary.row(row, "aopc", operator).orElseThrow();
        var interval = found.interval();
        assertNotNull(interval);
        assertTrue(interval.low() <= interval.mean() && interval.mean() <= interval.high());
        assertEquals(6, interval.count() + found.undefined());
      }
    }
    assertEquals(2 * 2 * 3, summary.tests().size());
  }

  @Test
  void bestAndWorstOrdersAreThoseOfTextsDrawnByTheSeed() {
    var best = summary.row(ReferenceRow.BEST, "aopc", "mask").orElseThrow().interval();
    var worst = summary.row(ReferenceRow.WORST, "aopc", "mask").orElseThrow().interval();
    assertTrue(best.mean() >= worst.mean());
    // Four of seven are drawn, three or four of which are among the six that are not skipped.
    assertEquals(best.count(), worst.count());
    assertTrue(best.count() == 3 || best.count() == 4, "" + best.count());
    assertEquals(
        best.count(), summary.bounds().values().stream().mapToInt(Integer::intValue).sum());
    assertFalse(summary.boundedRows().isEmpty());
  }

  @Test
  void everyTextHasABestAndAWorstOrderHoweverLong() throws IOException {
    Path output = folder.resolve("bounds");
    RunResult result =
        RunFixture.run(
            file,
            output,
            Map.of(
                "evaluation.bound-texts", "0",
                "evaluation.exact-limit", "4",
                "evaluation.beam-limit", "8",
                "evaluation.operators", "[mask]"));
    Summary all = result.summary();
    assertEquals(Set.of("exact", "beam", "blocks"), all.bounds().keySet());
    assertEquals(List.of(), all.boundedRows());
    var best = all.row(ReferenceRow.BEST, "aopc", "").orElseThrow().interval();
    assertEquals(6, best.count());
    for (String method : List.of("agf", "af", ReferenceRow.RANDOM, ReferenceRow.WORST)) {
      double mean = all.row(method, "aopc", "").orElseThrow().interval().mean();
      assertTrue(mean <= best.mean(), method);
    }
    assertEquals(List.of(), Verification.of(Bundle.open(output)).problems());
  }

  /** Marks give rows of their own, and without metrics that remove nothing is searched. */
  @Test
  void bestAndWorstByTheMarksCostNothing() throws IOException {
    Path marked = folder.resolve("marked.jsonl");
    Files.writeString(
        marked,
        "{\"annotation_id\":\"one\",\"classification\":\"POS\",\"evidences\":[[{"
            + "\"docid\":\"one\",\"start_token\":1,\"end_token\":2,\"text\":\"gorgeous\"}]]}\n");
    Files.writeString(
        folder.resolve("docs.jsonl"),
        "{\"docid\":\"one\",\"text\":\"a gorgeous , witty film .\"}\n");
    Path other = folder.resolve("marked.yaml");
    Files.writeString(
        other,
        "name: marked\ndata: {path: marked.jsonl, format: eraser, labels: {POS: 1}}\n"
            + "methods: [agf]\nevaluation: {metrics: [average-precision, roc-auc]}\n");
    Path output = folder.resolve("marked");
    Summary found = RunFixture.run(other, output, Map.of()).summary();
    assertEquals(1, found.row(ReferenceRow.BEST, "roc-auc", "-").orElseThrow().interval().mean());
    assertEquals(0, found.row(ReferenceRow.WORST, "roc-auc", "-").orElseThrow().interval().mean());
    assertEquals(Map.of(), found.bounds());
    List<Integer> sets = new ArrayList<>();
    new Bundle(output)
        .lines(
            BundleFile.PERTURBATIONS,
            line -> sets.add(JsonTree.object(line, "line").getAsJsonArray("sets").size()));
    assertEquals(List.of(0), sets);
    assertEquals(List.of(), Verification.of(Bundle.open(output)).problems());
  }

  @Test
  void aBundleVerifiesAndAChangeIsFound() throws IOException {
    Verification good = Verification.of(Bundle.open(reference));
    assertEquals(List.of(), good.problems());
    Path changed = copy("changed");
    Path records = changed.resolve(BundleFile.SUMMARY);
    Files.writeString(records, Files.readString(records).replaceFirst("0", "1"));
    assertEquals(
        List.of("summary.json has changed"), Verification.of(Bundle.open(changed)).problems());
    Bundle.seal(changed);
    assertEquals(
        List.of("summary.json does not follow from the metrics"),
        Verification.of(Bundle.open(changed)).problems());
  }

  @Test
  void metricsThatAskTheModelAgainDoNotHinderTheOthers() throws IOException {
    for (String metrics : List.of("[max-sensitivity, infidelity]", "[determinism]")) {
      Path output = folder.resolve("again" + metrics.length());
      RunFixture.run(
          file,
          output,
          Map.of(
              "methods",
              "[agf]",
              "data.count",
              "1",
              "evaluation.metrics",
              metrics,
              "evaluation.samples",
              "5",
              "evaluation.draws",
              "1"));
      Verification verification = Verification.of(Bundle.open(output));
      assertEquals(List.of(), verification.problems());
      String said = verification.checks().toString();
      assertTrue(said.contains("that takes the model"), said);
      assertEquals(metrics.contains("infidelity"), said.contains("bit for bit"), said);
    }
  }

  @Test
  void changedMetricsAreFoundEvenWithANewManifest() throws IOException {
    Path changed = copy("metrics-changed");
    Path metrics = changed.resolve(BundleFile.METRICS);
    String text;
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(metrics))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    String other = text.replaceFirst("\"value\":0\\.", "\"value\":0.1");
    assertFalse(other.equals(text));
    try (var out = new GZIPOutputStream(Files.newOutputStream(metrics))) {
      out.write(other.getBytes(StandardCharsets.UTF_8));
    }
    Bundle.seal(changed);
    List<String> problems = Verification.of(Bundle.open(changed)).problems();
    assertTrue(problems.get(0).contains("do not follow from its scores"), problems.toString());
  }

  private static Path copy(String name) throws IOException {
    Path copy = Files.createDirectories(folder.resolve(name));
    for (String file : RunFixture.digests(reference).keySet()) {
      Files.copy(reference.resolve(file), copy.resolve(file));
    }
    return copy;
  }

  @Test
  void nothingInABundleTellsWhereItWasMade() throws IOException {
    String home = System.getProperty("user.home");
    for (String name : RunFixture.digests(reference).keySet()) {
      byte[] bytes = Files.readAllBytes(reference.resolve(name));
      if (name.endsWith(".gz")) {
        try (GZIPInputStream in =
            new GZIPInputStream(Files.newInputStream(reference.resolve(name)))) {
          bytes = in.readAllBytes();
        }
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      assertFalse(text.contains(folder.toString()), name);
      assertFalse(text.contains(home), name);
    }
  }

  @Test
  void expectationsAreChecked() throws IOException {
    double mean = summary.row("agf", "aopc", "mask").orElseThrow().interval().mean();
    for (double value : List.of(mean, mean + 1)) {
      Path output = folder.resolve("expect" + (value == mean));
      Path other = folder.resolve("expect.yaml");
      Files.writeString(
          other,
          RunFixture.EXPERIMENT
              + "expect:\n  - {method: agf, metric: aopc, value: "
              + value
              + ", tolerance: 1e-9}\n  - {metric: skipped, value: 1, tolerance: 0}\n");
      RunFixture.run(other, output, Map.of());
      List<String> problems = Verification.of(Bundle.open(output)).problems();
      assertEquals(value == mean ? 0 : 1, problems.size(), problems.toString());
    }
  }

  @Test
  void aFinishedRunIsNotWrittenOver() {
    String message =
        assertThrows(UnusableInputException.class, () -> RunFixture.run(file, reference, Map.of()))
            .getMessage();
    assertTrue(message.contains("finished run"), message);
  }

  @Test
  void anUnfinishedRunOfOtherSettingsIsRefused() throws IOException {
    Path output = Files.createDirectories(folder.resolve("other"));
    try (PreparedRun run =
        PreparedRun.of(ExperimentFile.read(file).resolve(), RunFixture::locate)) {
      new ExperimentRun(run, output, RunListener.none()).run(new Shard(1, 2), false);
    }
    String message =
        assertThrows(
                UnusableInputException.class,
                () -> RunFixture.run(file, output, Map.of("solver.mu", "0.01")))
            .getMessage();
    assertTrue(message.contains("other settings"), message);
  }

  @Test
  void truncationKeepsTheLongestBeginningThatFits() throws IOException {
    Path output = folder.resolve("truncated");
    RunFixture.run(file, output, Map.of("data.long", "truncate", "data.max-tokens", "9"));
    List<JsonObject> cut = new ArrayList<>();
    new Bundle(output)
        .lines(
            BundleFile.RECORDS,
            line -> {
              JsonObject record = JsonTree.object(line, "record");
              if (record.get("truncated").getAsBoolean()) {
                cut.add(record);
              }
              int count = record.getAsJsonObject("tokens").getAsJsonArray("text").size();
              assertTrue(count <= 9);
            });
    assertFalse(cut.isEmpty());
  }

  @Test
  void whatComesFromOutsideIsEscaped() throws IOException {
    Files.writeString(
        folder.resolve("hostile.tsv"),
        "sentence\tlabel\tname\n<b>bold</b> & \u202e film\t1\t<script>alert(1)</script>\n");
    Path hostile = folder.resolve("hostile.yaml");
    Files.writeString(
        hostile,
        "name: hostile\ntitle: <i>title</i>\nquestion: \"</title><script>\"\n"
            + "data: {path: hostile.tsv, id: name}\nmethods: [agf]\n"
            + "evaluation: {statistics: {resamples: 20, permutations: 20}}\n");
    Path output = folder.resolve("hostile");
    RunFixture.run(hostile, output, Map.of());
    String html = Files.readString(output.resolve(BundleFile.REPORT));
    assertFalse(html.contains("<script") || html.contains("<i>") || html.contains("\u202e"));
    assertTrue(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
  }

  @Test
  void theReportIsOnePageWithoutScripts() throws IOException {
    String html = Files.readString(reference.resolve(BundleFile.REPORT));
    assertTrue(html.contains("default-src 'none'"));
    assertFalse(html.contains("<script"));
    assertFalse(html.contains("http://") || html.contains(" src="), "nothing is loaded");
    for (String part : List.of("Results", "Curves", "Solver health", "Examples")) {
      assertTrue(html.contains("<h2>" + part), part);
    }
  }
}
