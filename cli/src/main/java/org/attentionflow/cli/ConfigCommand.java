package org.attentionflow.cli;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.attentionflow.evaluation.dataset.Dataset;
import org.attentionflow.evaluation.experiment.ExperimentSchema;
import org.attentionflow.evaluation.json.JsonTree;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what an experiment file can hold. */
@Command(
    name = "config",
    header = "Show what an experiment file can hold: a template, its schema, its defaults.",
    sortOptions = false,
    synopsisSubcommandLabel = "init|schema|resolve|formats",
    footer = {
      "",
      "Example:  attnflow config init my-study > my-study.yaml",
      "          attnflow config resolve my-study.yaml"
    })
final class ConfigCommand implements Runnable {
  private final Console console;

  @Spec @Nullable CommandSpec spec;

  ConfigCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Objects.requireNonNull(spec).commandLine().usage(console.out());
  }

  /** Prints a template. */
  @Command(name = "init", header = "Print a file with every key, its default and what it means.")
  static final class Init implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "the name of the experiment")
    String name = "my-experiment";

    Init(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      console.out().print(ExperimentSchema.template(name));
      return ExitCode.OK;
    }
  }

  /** Prints the schema. */
  @Command(name = "schema", header = "Print the JSON Schema of experiment files, for editors.")
  static final class Schema implements Callable<Integer> {
    private final Console console;

    Schema(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      console.out().print(ExperimentSchema.json());
      return ExitCode.OK;
    }
  }

  /** Prints an experiment with its defaults. */
  @Command(name = "resolve", header = "Print an experiment with every default, as JSON (or YAML).")
  static final class Resolve implements Callable<Integer> {
    private final Console console;

    @Mixin final ExperimentOptions experiment = new ExperimentOptions();

    Resolve(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      Map<String, Object> all = experiment.read().resolveForReading().all();
      console.out().print(JsonTree.pretty(JsonTree.of(all)));
      return ExitCode.OK;
    }
  }

  /** Prints the formats of data. */
  @Command(name = "formats", header = "List the formats of data sets.")
  static final class Formats implements Callable<Integer> {
    private final Console console;

    Formats(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      Dataset.formats()
          .forEach((name, summary) -> console.out().printf("%-20s %s%n", name, summary));
      return ExitCode.OK;
    }
  }
}
