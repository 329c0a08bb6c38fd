package org.attentionflow.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs an experiment. */
@Command(
    name = "run",
    header = "Run an experiment: many texts, many methods, metrics with intervals and tests.",
    sortOptions = false,
    footer = {
      "",
      "The bundle is a folder with records, perturbations, metrics, tables, a report and",
      "digests; the same run gives the same bytes. A run that was killed goes on with",
      "--resume. Exit codes: 6 if a number is not as the file expects, 7 if records failed.",
      "",
      "Example:  attnflow run experiments/sst2.yaml --set data.root=DIR"
    })
final class RunCommand implements Callable<Integer> {
  private final Console console;

  @Mixin final ExperimentOptions experiment = new ExperimentOptions();
  @Mixin final RunOptions options = new RunOptions();

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return new ExperimentRunner(console, options).run(experiment.read().resolve());
  }
}
