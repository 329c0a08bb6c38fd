package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps and reports; the measurement of one network is tested with {@code solve}. */
class BenchCommandTest {
  @TempDir Path folder;

  @Test
  void aSweepMeasuresEveryCombination() throws IOException {
    Path page = folder.resolve("report.html");
    Path plot = folder.resolve("report.svg");
    JsonObject report =
        JsonParser.parseString(
                CommandRun.of(
                        "bench",
                        "--sweep",
                        "--layers=3",
                        "--tokens=4,6,8",
                        "--kinds=attention,attention-gradient",
                        "--solvers=barrier",
                        "--runs=2",
                        "--warm-up=0",
                        "--fit-from=4",
                        "--date=2026-01-31",
                        "--commit=abc",
                        "--json",
                        "-o" + page,
                        "-o" + plot)
                    .ok()
                    .out())
            .getAsJsonObject();
    assertEquals(6, report.getAsJsonArray("measurements").size());
    assertEquals(6, report.getAsJsonArray("sweeps").size());
    assertEquals(2, report.getAsJsonArray("growths").size());
    assertEquals("barrier", report.get("baseline").getAsString());
    JsonObject measurement = report.getAsJsonArray("measurements").get(0).getAsJsonObject();
    assertEquals("CERTIFIED", measurement.get("status").getAsString());
    assertTrue(measurement.get("conservationResidual").getAsDouble() <= 1e-10);
    assertTrue(Files.readString(page).contains("median of 2 solves without a warm-up"));
    assertTrue(Files.readString(page).contains("at work in the runs measured.</p>"));
    assertTrue(measurement.get("inSweeps").getAsDouble() > 0);
    assertTrue(Files.readString(page).contains("2026-01-31; commit abc"));
    assertTrue(Files.readString(plot).contains("attention-gradient, 3 layers"));
  }

  @Test
  void whatIsAbsentIsRefusedBeforeAnythingIsMeasured() {
    CommandRun.of("bench", "--sweep", "--tokens=4", "--solvers=barrier,bariers", "--runs=1")
        .failed(ExitCode.UNUSABLE, "no flow solver named 'bariers'");
  }

  @Test
  void whatDoesNotFitIsSkippedWithALine() {
    CommandRun run =
        CommandRun.of("bench", "--sweep", "--tokens=4,60000", "--runs=1", "--warm-up=0");
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertTrue(run.err().contains("60000 tokens: needs about 412 GB"), run.err());
    assertTrue(run.out().contains("CERTIFIED"), run.out());
  }

  @Test
  void aSweepOfWhichNothingFitsHasTheExitCodeOfMemory() {
    CommandRun.of("bench", "--sweep", "--tokens=60000", "--runs=1", "--warm-up=0")
        .failed(ExitCode.MEMORY, "60000 tokens: needs about 412 GB");
  }

  @Test
  void whatIsNotCertifiedHasItsExitCode() {
    CommandRun run =
        CommandRun.of(
            "bench", "--sweep", "--tokens=4", "--iteration-limit=1", "--runs=1", "--warm-up=0");
    assertEquals(ExitCode.NOT_CERTIFIED, run.code());
    assertTrue(run.out().contains("ITERATION_LIMIT"), run.out());
  }

  @Test
  void listsNeedASweep() {
    CommandRun.of("bench", "--tokens=4,8").failed(ExitCode.USAGE, "--sweep");
    CommandRun.of("bench", "--tokens=4", "-o", folder.resolve("a.html").toString())
        .failed(ExitCode.USAGE, "--sweep");
    CommandRun.of("bench", "--sweep", "--report=a.json").failed(ExitCode.USAGE, "not both");
    CommandRun.of("bench", "--sweep", "-oa.pdf").failed(ExitCode.UNUSABLE, "html, svg, json");
  }

  @Test
  void aReportIsMadeFromResultsOfJmh() throws IOException {
    Path results = folder.resolve("2026-02-03.json");
    Files.writeString(
        results,
        "[{\"benchmark\": \"a.BatchBenchmark.solve\", \"params\": {\"threads\": \"2\"},"
            + " \"primaryMetric\": {\"scoreUnit\": \"ms/op\", \"rawData\": [[3, 1, 2]]}}]");
    CommandRun run = CommandRun.of("bench", "--report", results.toString()).ok();
    assertTrue(run.out().contains("BatchBenchmark.solve {threads=2}: 2.00 ms"), run.out());
    assertTrue(run.out().contains("2026-02-03; commit not given"), run.out());
    CommandRun given =
        CommandRun.of("bench", "--report=" + results, "--date=2026-01-31", "--commit=abc").ok();
    assertTrue(given.out().contains("2026-01-31; commit abc"), given.out());
    CommandRun.of("bench", "--report", folder.resolve("absent.json").toString())
        .failed(ExitCode.UNUSABLE, "absent.json");
  }
}
