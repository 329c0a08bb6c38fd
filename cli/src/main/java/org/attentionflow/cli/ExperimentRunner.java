package org.attentionflow.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.attentionflow.evaluation.experiment.Experiment;
import org.attentionflow.evaluation.json.JsonTree;
import org.attentionflow.evaluation.report.Summary;
import org.attentionflow.evaluation.report.SummaryJson;
import org.attentionflow.evaluation.report.SummaryTables;
import org.attentionflow.evaluation.run.ExperimentRun;
import org.attentionflow.evaluation.run.PreparedRun;
import org.attentionflow.evaluation.run.RunListener;
import org.attentionflow.evaluation.run.RunPlan;
import org.attentionflow.evaluation.run.RunResult;
import org.attentionflow.evaluation.run.Shard;
import org.attentionflow.evaluation.run.Verification;

/** Runs an experiment and prints what it found. */
final class ExperimentRunner {
  private final Console console;
  private final RunOptions options;

  ExperimentRunner(Console console, RunOptions options) {
    this.console = console;
    this.options = options;
  }

  /** Runs, merges or plans; the result is the exit code. */
  int run(Experiment experiment) throws IOException {
    try (OpenModels models = new OpenModels();
        PreparedRun prepared = PreparedRun.of(experiment, models)) {
      if (options.plan) {
        plan(RunPlan.of(prepared));
        return ExitCode.OK;
      }
      RunResult result = result(prepared, experiment);
      Summary summary = result.summary();
      if (summary == null) {
        message("the shard is in " + result.folder());
        return ExitCode.OK;
      }
      print(summary);
      message("bundle in " + result.folder());
      message(result.times().line());
      return exitCode(experiment, summary, result.failed());
    }
  }

  private RunResult result(PreparedRun prepared, Experiment experiment) throws IOException {
    Path folder = options.output == null ? Path.of(experiment.output()) : options.output;
    try (ProgressListener progress = new ProgressListener(console, options.quiet)) {
      ExperimentRun run =
          new ExperimentRun(prepared, folder, progress).startedBy(options.command());
      String shard = options.shard;
      return options.merge.isEmpty()
          ? run.run(shard == null ? Shard.ALL : Shard.parse(shard), options.resume)
          : run.merge(options.merge);
    }
  }

  private int exitCode(Experiment experiment, Summary summary, int failed) {
    List<String> unmet = Verification.unmet(experiment, summary, new ArrayList<>());
    unmet.forEach(line -> console.message("not as expected: " + line));
    if (!unmet.isEmpty()) {
      return ExitCode.UNVERIFIED;
    }
    return failed > 0 ? ExitCode.SOME_FAILED : ExitCode.OK;
  }

  private void print(Summary summary) {
    console
        .out()
        .print(options.json ? SummaryJson.of(summary) : new SummaryTables(summary).markdown());
  }

  private void plan(RunPlan plan) {
    Map<String, Object> numbers = plan.numbers();
    if (options.json) {
      console.out().print(JsonTree.pretty(JsonTree.of(numbers)));
      return;
    }
    console.out().println(plan.examples() + " examples, " + plan.skipped() + " skipped");
    console
        .out()
        .println(plan.medianTokens() + " tokens (median), " + plan.mostTokens() + " (most)");
    console.out().println(plan.methods() + " methods, one capture per example");
    console.out().println("about " + plan.evaluations() + " perturbed inputs");
    console.out().println("about " + (plan.bytes() >> 20) + " MB");
    console.out().println("about " + Numbers.remaining(plan.seconds()));
  }

  private void message(String text) {
    if (!options.quiet) {
      console.message(text);
    }
  }

  /** Shows how far a run is. */
  private static final class ProgressListener implements RunListener, AutoCloseable {
    private final Console console;
    private final boolean quiet;
    private Progress progress = Progress.none();

    ProgressListener(Console console, boolean quiet) {
      this.console = console;
      this.quiet = quiet;
    }

    @Override
    public void begin(int total, int done) {
      if (!quiet) {
        boolean isTerminal = console.surroundings().errorIsTerminal();
        if (done > 0) {
          console.message(done + " of " + total + " examples are done already");
        }
        progress = Progress.of(console.err(), isTerminal, total - done);
      }
    }

    @Override
    public void step() {
      progress.step();
    }

    @Override
    public void finishing() {
      progress.end();
    }

    @Override
    public void close() {
      progress.end();
    }
  }
}
