package org.attentionflow.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.formats.benchmark.Analysis;
import org.attentionflow.formats.benchmark.BenchmarkReports;
import org.attentionflow.formats.benchmark.BenchmarkRun;
import org.attentionflow.formats.benchmark.Machine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a report of a benchmark holds and where it is written. */
final class BenchReportOptions {
  /** The usual baseline, where it is among the solvers. */
  private static final String USUAL_BASELINE = "ortools-max-flow";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "write the report: .html, .svg or .json; repeatable")
  List<Path> outputs = new ArrayList<>();

  @Option(
      names = "--baseline",
      paramLabel = "NAME",
      description = "solver of speed-ups (" + USUAL_BASELINE + ", or the first)")
  @Nullable String baseline;

  @Option(
      names = "--fit-from",
      paramLabel = "N",
      description = "fewest tokens that count in the fitted exponent (128)")
  int fitFrom = Analysis.DEFAULT_FIT_FROM;

  @Option(
      names = "--date",
      paramLabel = "DATE",
      description = "the day (today; of results: theirs)")
  @Nullable String date;

  @Option(names = "--commit", paramLabel = "ID", description = "the commit (that of the results)")
  String commit = "";

  /** Whether any of these options was given that makes no sense without a report. */
  boolean isUsed() {
    return !outputs.isEmpty() || baseline != null;
  }

  /**
   * Checks that every file can be written, before anything is measured.
   *
   * @throws UnusableInputException if not
   */
  void check() {
    for (Path output : outputs) {
      BenchmarkReports.checkName(output);
      OutputFiles.checkWritable(output);
    }
  }

  /** This machine, on the given day, or else today. */
  Machine today() {
    return date == null
        ? Machine.here(LocalDate.now(ZoneId.systemDefault()).toString(), commit)
        : given();
  }

  /** This machine, on the given day; without one, at a time not known. */
  Machine given() {
    return Machine.here(date == null ? "" : date, commit);
  }

  /** Draws conclusions from a run, and writes the files. */
  Analysis write(BenchmarkRun run) throws IOException {
    Analysis analysis = new Analysis(run, baseline(run.solvers()), fitFrom);
    for (Path output : outputs) {
      BenchmarkReports.writeFile(output, analysis);
    }
    return analysis;
  }

  private String baseline(List<String> solvers) {
    if (baseline != null) {
      if (!solvers.contains(baseline)) {
        throw new UnusableInputException(
            "The baseline "
                + baseline
                + " was not measured; measured: "
                + String.join(", ", solvers)
                + ".");
      }
      return baseline;
    }
    return solvers.isEmpty() || solvers.contains(USUAL_BASELINE) ? USUAL_BASELINE : solvers.get(0);
  }
}
