package org.attentionflow.evaluation.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.attentionflow.evaluation.bundle.Bundle;
import org.attentionflow.evaluation.bundle.BundleFile;
import org.attentionflow.evaluation.dataset.Selection;
import org.attentionflow.evaluation.experiment.Experiment;

/** The files of a bundle that follow from its lines: summary, tables, report, citations. */
public final class ReportFiles {
  private ReportFiles() {}

  /** The positions of the examples that a report shows, drawn by the experiment's seed. */
  public static Set<Integer> shown(Experiment experiment, int count) {
    return new TreeSet<>(
        Selection.sample(Math.max(1, experiment.shownExamples()), experiment.seed())
            .of(IntStream.range(0, count).boxed().toList()));
  }

  /** Reads the lines of a bundle. */
  public static void feed(Path folder, Findings findings) throws IOException {
    Bundle.lines(folder, BundleFile.RECORDS, findings::record);
    Bundle.lines(folder, BundleFile.METRICS, findings::metrics);
    Bundle.lines(folder, BundleFile.FAILURES, findings::failure);
  }

  /**
   * Writes summary, tables, report and citations.
   *
   * @param lock what the numbers depend on beside the settings
   */
  public static void write(
      Path folder,
      Experiment experiment,
      Map<String, Object> lock,
      Findings findings,
      Summary summary)
      throws IOException {
    SummaryTables tables = new SummaryTables(summary);
    Bundle.writeText(folder, BundleFile.SUMMARY, SummaryJson.of(summary));
    Bundle.writeText(folder, "summary.csv", tables.csv());
    Bundle.writeText(folder, "summary.md", tables.markdown());
    Bundle.writeText(folder, "summary.tex", tables.latex());
    Bundle.writeText(folder, BundleFile.CITATION, Citations.bibtex());
    Bundle.writeText(
        folder, BundleFile.REPORT, new ReportPage(experiment, lock, findings, summary).html());
  }
}
