package org.attentionflow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.attentionflow.evaluation.bundle.Bundle;
import org.attentionflow.evaluation.bundle.BundleFile;
import org.attentionflow.evaluation.experiment.Experiment;
import org.attentionflow.evaluation.report.Findings;
import org.attentionflow.evaluation.report.ReportFiles;
import org.attentionflow.evaluation.report.Summaries;
import org.attentionflow.failure.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the report of a bundle again. */
@Command(
    name = "report",
    header = "Write tables and report of a bundle into another folder.",
    sortOptions = false,
    footer = {
      "",
      "For example with another version of the program, or with more examples shown.",
      "",
      "Example:  attnflow report results/sst2 -o report --examples 20"
    })
final class ReportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "BUNDLE", description = "the folder that a run has written")
  Path folder = Path.of("");

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "where the files are written; not the bundle itself")
  Path output = Path.of("");

  @Option(names = "--examples", paramLabel = "N", description = "examples shown (6)")
  int examples = 6;

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Bundle bundle = Bundle.open(folder);
    if (Files.exists(output) && Files.isSameFile(folder, output)) {
      throw new UnusableInputException("A bundle is not written to. Maybe another folder: -o DIR.");
    }
    Files.createDirectories(output);
    Experiment experiment =
        bundle.file().set("output.examples", Integer.toString(examples)).resolveForReading();
    Map<String, Object> lock = new TreeMap<>();
    bundle.json(BundleFile.LOCK).asMap().forEach(lock::put);
    int[] count = new int[1];
    bundle.lines(BundleFile.RECORDS, line -> count[0]++);
    bundle.lines(BundleFile.FAILURES, line -> count[0] += line.contains("\"method\":null") ? 1 : 0);
    Findings findings = new Findings(ReportFiles.shown(experiment, count[0]));
    ReportFiles.feed(folder, findings);
    ReportFiles.write(output, experiment, lock, findings, Summaries.of(experiment, findings));
    console.out().println(output.resolve(BundleFile.REPORT));
    return ExitCode.OK;
  }
}
