package org.attentionflow.formats.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.attentionflow.failure.UnusableInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkFileTest {
  @TempDir Path folder;

  private static String entry(String name, String parameters, String raw, String counters) {
    return """
    {"jmhVersion": "1.37", "benchmark": "org.attentionflow.benchmarks.%s", "mode": "avgt",
     "forks": 1, "jvmArgs": ["-Xmx4g", "-Dhome=/x"], "jdkVersion": "17.0.1", "vmName": "VM",
     "warmupIterations": 2, "measurementIterations": 3, "measurementTime": "1 s",
     "params": %s,
     "primaryMetric": {"score": 7.0, "scoreUnit": "ms/op", "rawData": %s},
     "secondaryMetrics": {%s}}
    """
        .formatted(name, parameters, raw, counters);
  }

  private static String counter(String name, double value) {
    return "\"%s\": {\"score\": %s, \"rawData\": [[%s, %s]]}"
        .formatted(name, 2 * value, value, value);
  }

  private BenchmarkRun read(String json) throws IOException {
    return BenchmarkFile.read(Files.writeString(folder.resolve("jmh.json"), json), Runs.MACHINE);
  }

  @Test
  void solvesYardsticksAndOthersAreToldApart() throws IOException {
    String size = counter("arcs", 1000) + "," + counter("layers", 2) + "," + counter("tokens", 20);
    String solve =
        entry(
            "SolveBenchmark.solve",
            "{\"kind\": \"attention\", \"solver\": \"barrier\"}",
            "[[3, 1, 2]]",
            size + "," + counter("iterations", 9) + ", \"gc.alloc.rate.norm\": {\"score\": 512}");
    String kernel = "{\"kind\": \"attention\"}";
    String sweep = entry("KernelBenchmark.sweep", kernel, "[[0.5], [0.5]]", size);
    String product = entry("KernelBenchmark.product", kernel, "[[0.25]]", size);
    String batch = entry("BatchBenchmark.solve", "{\"threads\": \"2\"}", "[[40]]", "");

    BenchmarkRun run = read("[" + String.join(",", solve, sweep, product, batch) + "]");
    Measurement measured = run.measurements().get(0);
    assertEquals(new Instance("attention", 2, 20, 1000), measured.instance());
    assertEquals(new Times(2e-3, 1e-3, 3e-3, 3, true), measured.time());
    assertEquals(9, measured.iterations());
    assertEquals(512, measured.bytes());
    assertTrue(Double.isNaN(measured.conservationResidual()));
    Analysis analysis = new Analysis(run, "barrier", 128);
    assertEquals(4, analysis.inSweeps(measured).getAsDouble(), 1e-12);
    assertEquals(8, analysis.inProducts(measured).getAsDouble(), 1e-12);
    assertEquals(3, run.others().size());
    assertEquals("-Xmx4g", run.machine().options());
    assertEquals("2026-01-31", run.machine().date());
  }

  /** JMH counts what the set-up allocates in the first window, which is then a measured one. */
  @Test
  void memoryIsKnownAfterAWarmUpAlone() throws IOException {
    String size = counter("arcs", 1000) + ", \"gc.alloc.rate.norm\": {\"score\": 512}";
    String warm = entry("SolveBenchmark.solve", "{\"solver\": \"a\"}", "[[3, 1, 2]]", size);
    String cold =
        warm.replace("\"warmupIterations\": 2", "\"warmupIterations\": 0")
            .replace("\"measurementIterations\": 3", "\"measurementIterations\": 1");
    BenchmarkRun run = read("[" + warm + "," + cold + "]");
    assertEquals(512, run.measurements().get(0).bytes());
    assertTrue(run.measurements().get(0).time().isWarm());
    assertTrue(Double.isNaN(run.measurements().get(1).bytes()));
    assertFalse(run.measurements().get(1).time().isWarm());
    assertTrue(
        run.method().contains("1 fork, 0 to 2 warm-up and 1 to 3 measured iterations of 1 s"),
        run.method());
  }

  @Test
  void whatEntriesDifferInIsAllSaid() throws IOException {
    String one = entry("A.b", "{}", "[[1]]", "");
    String other = one.replace("-Xmx4g", "-Xmx8g").replace("17.0.1", "25");
    Machine machine = read("[" + one + "," + one + "," + other + "]").machine();
    assertEquals("-Xmx4g, or -Xmx8g", machine.options());
    assertEquals("VM 17.0.1, or VM 25", machine.java());
    String none = one.replace("\"-Xmx4g\", ", "");
    String modules = one.replace("-Xmx4g", "-Xmx4g --add-modules\", \"a.b");
    assertEquals(
        "-Xmx4g --add-modules=a.b, or default options",
        read("[" + modules + "," + none + "]").machine().options());
  }

  @Test
  void dateAndCommitAreThoseGivenThenThoseOfTheResultsThenTheDateOfTheName() throws IOException {
    Machine unknown = Machine.here("", "");
    String bare = "[" + entry("A.b", "{}", "[[1]]", "") + "]";
    String marked =
        bare.replace("-Dhome=/x", "-Dresults.date=2026-03-04\", \"-Dresults.commit=abc123");
    Path named = folder.resolve("grid-2026-02-01.json");
    assertTrue(
        BenchmarkFile.read(Files.writeString(folder.resolve("jmh.json"), bare), unknown)
            .machine()
            .line()
            .endsWith("date not given; commit not given"));
    assertEquals(
        "2026-02-01", BenchmarkFile.read(Files.writeString(named, bare), unknown).machine().date());
    Machine found = BenchmarkFile.read(Files.writeString(named, marked), unknown).machine();
    assertEquals("2026-03-04", found.date());
    assertEquals("abc123", found.commit());
    Machine given = BenchmarkFile.read(named, Machine.here("2026-05-06", "def")).machine();
    assertEquals("2026-05-06", given.date());
    assertEquals("def", given.commit());
  }

  @Test
  void whatIsNotOfJmhIsRefusedInOneLine() {
    for (String json : new String[] {"{}", "[]", "[1]", "[{\"benchmark\": \"a\"}]", "", "["}) {
      assertThrows(UnusableInputException.class, () -> read(json), json);
    }
    assertThrows(
        UnusableInputException.class,
        () -> BenchmarkFile.read(folder.resolve("absent.json"), Runs.MACHINE));
  }

  @Test
  void throughputIsRefused() {
    String json = "[" + entry("A.b", "{}", "[[1]]", "").replace("\"ms/op\"", "\"ops/s\"") + "]";
    assertThrows(UnusableInputException.class, () -> read(json));
  }
}
