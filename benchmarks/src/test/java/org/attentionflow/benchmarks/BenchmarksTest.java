package org.attentionflow.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.attentionflow.formats.benchmark.Analysis;
import org.attentionflow.formats.benchmark.BenchmarkFile;
import org.attentionflow.formats.benchmark.BenchmarkRun;
import org.attentionflow.formats.benchmark.Machine;
import org.attentionflow.formats.benchmark.Measurement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The benchmarks run and are right; what they measure is nobody's business here. */
class BenchmarksTest {
  @TempDir Path folder;

  /** One short iteration in this process, on the smallest sizes. */
  private ChainedOptionsBuilder tiny(String benchmark, String solver) {
    return new OptionsBuilder()
        .include(benchmark)
        // Its models are made by a script; without them it is skipped.
        .exclude("CaptureBenchmark")
        .forks(0)
        .warmupIterations(0)
        .measurementIterations(1)
        .measurementTime(TimeValue.milliseconds(5))
        .param("tokens", "4", "6")
        .param("layers", "2")
        .param("kind", "attention-gradient")
        .param("threads", "2")
        .param("texts", "3")
        .param("recording", "agf-12")
        .param("size", "9")
        .param("kernel", Kernels.PLAIN)
        .param("solver", solver)
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true);
  }

  @Test
  void everyBenchmarkRunsAndMakesAReport() throws RunnerException, IOException {
    Path json = folder.resolve("jmh.json");
    new Runner(
            tiny("org.attentionflow.benchmarks", "barrier")
                .resultFormat(ResultFormatType.JSON)
                .result(json.toString())
                .build())
        .run();
    BenchmarkRun run = BenchmarkFile.read(json, Machine.here("2026-01-31", ""));
    // Two sizes made up, one recorded.
    assertEquals(3, run.measurements().size());
    assertEquals(2, run.sweeps().size());
    // Two sizes each: a batch, six kernels, two paths; and one product of matrices.
    assertEquals(19, run.others().size());
    Measurement solve =
        run.measurements().stream().filter(m -> m.instance().tokens() == 6).findFirst().get();
    assertEquals(2, solve.instance().layers());
    assertTrue(solve.iterations() > 0);
    assertTrue(solve.conservationResidual() <= Accuracy.LARGEST_IMBALANCE);
    assertTrue(new Analysis(run, "barrier", 128).inSweeps(solve).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SolveBenchmark", "RecordedBenchmark", "BatchBenchmark", "PathBenchmark"})
  void aWrongAnswerIsNotMeasured(String benchmark) {
    RunnerException failure =
        assertThrows(
            RunnerException.class, () -> new Runner(tiny(benchmark, "half").build()).run());
    assertTrue(causes(failure).contains("Wrong answer of half"), causes(failure));
  }

  @Test
  void anAbsentSolverIsSkippedInOneLine() {
    RunnerException failure =
        assertThrows(
            RunnerException.class, () -> new Runner(tiny("SolveBenchmark", "none").build()).run());
    assertTrue(causes(failure).contains("skipped: no flow solver 'none' here"), causes(failure));
    assertEquals(
        List.of("-p", "solver=a,c", "x"),
        Main.withoutAbsent(new String[] {"-p", "solver=a,b,c", "x"}, List.of("a", "c")));
    assertEquals(
        List.of("x", "-p", "solver=a,c"),
        Main.withoutAbsent(new String[] {"x"}, List.of("a", "c")));
  }

  @Test
  void aKernelThatCannotRunHereIsSkippedAndNotReplaced() {
    for (Executable lookUp :
        List.<Executable>of(() -> Kernels.dense("vector"), () -> Kernels.arcs("vector"))) {
      SkippedException refused = assertThrows(SkippedException.class, lookUp);
      assertTrue(refused.getMessage().contains("jdk.incubator.vector"), refused.getMessage());
    }
    assertThrows(SkippedException.class, () -> Kernels.dense("none"));
  }

  @Test
  void whatDoesNotFitIsSkipped() {
    SkippedException refused =
        assertThrows(SkippedException.class, () -> Networks.synthetic("attention", 24, 100_000, 1));
    assertTrue(refused.getMessage().contains("-Xmx"), refused.getMessage());
    assertEquals(0, refused.getStackTrace().length);
  }

  @Test
  void capturesWithoutModelsAreSkippedInOneLine() {
    CaptureBenchmark benchmark = new CaptureBenchmark();
    benchmark.engine = "pytorch";
    SkippedException refused = assertThrows(SkippedException.class, benchmark::setUp);
    assertTrue(String.valueOf(refused.getMessage()).contains("benchmarks/capture"));
  }

  private static String causes(Throwable failure) {
    StringBuilder all = new StringBuilder();
    for (Throwable at = failure; at != null; at = at.getCause()) {
      all.append(at).append('\n');
      for (Throwable suppressed : at.getSuppressed()) {
        all.append(causes(suppressed));
      }
    }
    return all.toString();
  }
}
