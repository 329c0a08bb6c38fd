package org.attentionflow.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs an experiment for variants of its methods. */
@Command(
    name = "ablate",
    header = "Run an experiment with components of its methods swapped.",
    sortOptions = false,
    footer = {
      "",
      "All variants share one capture and all perturbations of a text; differences from the",
      "first are tested in pairs. aggregator, solver, mu, heads, residual, network and",
      "sources are short for the keys of methods.",
      "",
      "Example:  attnflow ablate study.yaml --grid \"aggregator=af,agf; solver=barrier,dinic\""
    })
final class AblateCommand implements Callable<Integer> {
  private final Console console;

  @Mixin final ExperimentOptions experiment = new ExperimentOptions();
  @Mixin final RunOptions options = new RunOptions();

  @Option(
      names = "--grid",
      required = true,
      paramLabel = "GRID",
      description = "what varies: key=value,value; key=value,value")
  String grid = "";

  @Option(names = "--one-at-a-time", description = "vary one key at a time, not all combinations")
  boolean oneAtATime;

  AblateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return new ExperimentRunner(console, options)
        .run(experiment.read().sweep(grid, oneAtATime).resolve());
  }
}
