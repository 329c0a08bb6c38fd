package org.attentionflow.evaluation.run;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.attentionflow.evaluation.bundle.Bundle;
import org.attentionflow.evaluation.bundle.BundleFile;
import org.attentionflow.evaluation.experiment.Expectation;
import org.attentionflow.evaluation.experiment.Experiment;
import org.attentionflow.evaluation.json.JsonTree;
import org.attentionflow.evaluation.report.Findings;
import org.attentionflow.evaluation.report.ReportFiles;
import org.attentionflow.evaluation.report.SolverHealth;
import org.attentionflow.evaluation.report.Summaries;
import org.attentionflow.evaluation.report.Summary;
import org.attentionflow.evaluation.report.SummaryRow;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.provenance.Provenance;

/**
 * Checks a bundle: digests, settings, every metric recomputed from the records, summary, tables and
 * report written again from the metrics, and the numbers the experiment expects.
 *
 * @param checks what was found to be right, one line each
 * @param problems what was not; empty if the bundle is verified
 */
public record Verification(List<String> checks, List<String> problems) {
  /** The files that hold more than numbers. */
  private static final Set<String> PAGES = Set.of(BundleFile.REPORT, BundleFile.CITATION);

  /** Copies the lists. */
  public Verification {
    checks = List.copyOf(checks);
    problems = List.copyOf(problems);
  }

  /** Checks a bundle; without its model and data. */
  public static Verification of(Bundle bundle) throws IOException {
    List<String> checks = new ArrayList<>();
    List<String> problems = new ArrayList<>(bundle.problems());
    if (!problems.isEmpty()) {
      return new Verification(checks, problems);
    }
    checks.add("every file has the digest of the manifest");
    Experiment experiment = bundle.experiment();
    JsonElement locked = bundle.json(BundleFile.LOCK).get("settings");
    if (locked == null || !experiment.hash().equals(locked.getAsString())) {
      problems.add("settings.json is not what lock.json says was run");
    }
    recompute(bundle, experiment, checks, problems);
    Findings findings = new Findings(ReportFiles.shown(bundle, experiment));
    ReportFiles.feed(bundle.folder(), findings);
    Summary summary = Summaries.of(experiment, findings);
    files(bundle, experiment, findings, summary, checks, problems);
    problems.addAll(unmet(experiment, summary, checks));
    return new Verification(checks, problems);
  }

  /**
   * Writes summary, tables and report again and compares. What a page looks like may change with
   * the program; its numbers may not, and stand in the tables too.
   */
  private static void files(
      Bundle bundle,
      Experiment experiment,
      Findings findings,
      Summary summary,
      List<String> checks,
      List<String> problems)
      throws IOException {
    boolean isSameProgram = isSameProgram(bundle);
    List<String> same = new ArrayList<>();
    for (Map.Entry<String, String> file :
        ReportFiles.texts(experiment, ReportFiles.lock(bundle), findings, summary).entrySet()) {
      String name = file.getKey();
      Path path = bundle.folder().resolve(name);
      if (Files.isRegularFile(path) && Files.readString(path).equals(file.getValue())) {
        same.add(name);
      } else if (PAGES.contains(name) && !isSameProgram) {
        checks.add(name + " was written by another version of the program: not compared");
      } else {
        problems.add(
            name
                + " does not follow from the metrics"
                + (isSameProgram ? "" : ", or another version of the program wrote it otherwise"));
      }
    }
    checks.add("written again with the same bytes: " + String.join(", ", same));
  }

  private static boolean isSameProgram(Bundle bundle) throws IOException {
    JsonObject provenance = bundle.json(BundleFile.PROVENANCE);
    return PreparedRun.commit().equals(provenance.get("commit").getAsString())
        && Provenance.programVersion().equals(provenance.get("version").getAsString());
  }

  private static void recompute(
      Bundle bundle, Experiment experiment, List<String> checks, List<String> problems)
      throws IOException {
    Recomputation recomputation = new Recomputation(bundle, experiment);
    int[] count = new int[2];
    try {
      recomputation.each(
          (recomputed, stored) -> {
            count[0]++;
            String expected = JsonTree.compact(recomputation.comparable(stored));
            String found = JsonTree.compact(recomputation.comparable(recomputed));
            if (!found.equals(expected)) {
              count[1]++;
              if (count[1] == 1) {
                problems.add(
                    "the metrics of example "
                        + stored.get("index")
                        + " do not follow from its scores and perturbations");
              }
            }
          });
    } catch (UnusableInputException e) {
      problems.add("metrics cannot be recomputed: " + e.getMessage());
      return;
    }
    if (!recomputation.unavailable().isEmpty()) {
      checks.add(
          "not recomputed, because that takes the model: "
              + String.join(", ", recomputation.unavailable()));
    }
    if (count[1] == 0 && !recomputation.metrics().isEmpty()) {
      checks.add(
          "metrics of "
              + count[0]
              + " examples recomputed bit for bit: "
              + String.join(", ", recomputation.metrics()));
    } else if (count[1] > 1) {
      problems.add((count[1] - 1) + " more examples like it");
    }
  }

  /** The expectations of an experiment that a summary does not meet, one line each. */
  public static List<String> unmet(Experiment experiment, Summary summary, List<String> checks) {
    List<String> problems = new ArrayList<>();
    for (Expectation expectation : experiment.expectations()) {
      double found = found(expectation, summary);
      String what =
          expectation.metric()
              + (expectation.method().isEmpty() ? "" : " of " + expectation.method())
              + (expectation.operator().isEmpty() ? "" : ", operator " + expectation.operator());
      String numbers =
          found + ", expected " + expectation.value() + " ± " + expectation.tolerance();
      if (Math.abs(found - expectation.value()) <= expectation.tolerance()) {
        checks.add(what + " = " + numbers);
      } else {
        problems.add(what + " = " + numbers);
      }
    }
    return problems;
  }

  private static double found(Expectation expectation, Summary summary) {
    SolverHealth health = summary.health().get(expectation.method());
    return switch (expectation.metric()) {
      case "no-path" -> health == null ? Double.NaN : health.withoutPath();
      case "evaluated" -> summary.evaluated();
      case "skipped" -> summary.skipped();
      case "failed" -> summary.failed();
      case "accuracy" -> (double) summary.correct() / summary.labelled();
      default ->
          summary
              .row(expectation.method(), expectation.metric(), expectation.operator())
              .map(SummaryRow::interval)
              .map(interval -> interval.mean())
              .orElse(Double.NaN);
    };
  }
}
