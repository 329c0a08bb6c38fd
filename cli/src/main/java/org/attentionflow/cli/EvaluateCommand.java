package org.attentionflow.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.attentionflow.evaluation.bundle.Bundle;
import org.attentionflow.evaluation.bundle.BundleFile;
import org.attentionflow.evaluation.experiment.Experiment;
import org.attentionflow.evaluation.experiment.ExperimentFile;
import org.attentionflow.evaluation.experiment.RecordedKeys;
import org.attentionflow.evaluation.json.JsonTree;
import org.attentionflow.evaluation.report.Findings;
import org.attentionflow.evaluation.report.Summaries;
import org.attentionflow.evaluation.report.Summary;
import org.attentionflow.evaluation.report.SummaryJson;
import org.attentionflow.evaluation.report.SummaryTables;
import org.attentionflow.evaluation.run.Recomputation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Computes other metrics from what a run recorded. */
@Command(
    name = "evaluate",
    header = "Compute metrics from a bundle's records, without model and data.",
    sortOptions = false,
    footer = {
      "",
      "Only removed sets that the run evaluated are known; where another one is needed,",
      "that is an error.",
      "",
      "Example:  attnflow evaluate results/sst2 --set evaluation.metrics=[logit-odds]"
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final String METRICS = "evaluation.metrics";

  private final Console console;

  @Spec @Nullable CommandSpec spec;

  @Parameters(paramLabel = "BUNDLE", description = "the folder that a run has written")
  Path folder = Path.of("");

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "a key of section evaluation")
  Map<String, String> values = new LinkedHashMap<>();

  @Option(names = "--json", description = "print JSON")
  boolean json;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Bundle bundle = Bundle.open(folder);
    values.keySet().forEach(this::checkKey);
    ExperimentFile file = bundle.file();
    values.forEach(file::set);
    Experiment experiment = file.resolveForReading();
    Recomputation recomputation = new Recomputation(bundle, experiment);
    checkMetrics(recomputation);
    Findings findings = new Findings(Set.of());
    bundle.lines(BundleFile.RECORDS, findings::record);
    bundle.lines(BundleFile.FAILURES, findings::failure);
    recomputation.each((line, stored) -> findings.metrics(JsonTree.compact(line)));
    Summary summary = Summaries.of(experiment, findings);
    console.out().print(json ? SummaryJson.of(summary) : new SummaryTables(summary).markdown());
    return ExitCode.OK;
  }

  private void checkKey(String key) {
    RecordedKeys.problem(key)
        .ifPresent(
            problem -> {
              throw UsageError.of(spec, problem);
            });
  }

  /** Metrics of the run that ask the model again are left out; asking for them is an error. */
  private void checkMetrics(Recomputation recomputation) {
    List<String> unavailable = recomputation.unavailable();
    if (unavailable.isEmpty()) {
      return;
    }
    String names = String.join(", ", unavailable);
    if (values.containsKey(METRICS) || recomputation.metrics().isEmpty()) {
      throw UsageError.of(
          spec,
          names
              + (unavailable.size() == 1 ? " asks" : " ask")
              + " the model for new scores, and evaluate has no model."
              + " Maybe other metrics: --set "
              + METRICS
              + "=[…].");
    }
    console.message("left out, because the model must be asked again: " + names);
  }
}
