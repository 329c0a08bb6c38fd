package org.attentionflow.evaluation.report;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
    for (Map.Entry<String, String> file : texts(experiment, lock, findings, summary).entrySet()) {
      Bundle.writeText(folder, file.getKey(), file.getValue());
    }
  }

  /** What {@link #write} writes, by the name of the file. */
  public static Map<String, String> texts(
      Experiment experiment, Map<String, Object> lock, Findings findings, Summary summary) {
    SummaryTables tables = new SummaryTables(summary);
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(BundleFile.SUMMARY, SummaryJson.of(summary));
    texts.put("summary.csv", tables.csv());
    texts.put("summary.md", tables.markdown());
    texts.put("summary.tex", tables.latex());
    texts.put(BundleFile.CITATION, Citations.bibtex());
    texts.put(BundleFile.REPORT, new ReportPage(experiment, lock, findings, summary).html());
    return texts;
  }

  /** The positions of the examples that the report of a bundle shows. */
  public static Set<Integer> shown(Bundle bundle, Experiment experiment) throws IOException {
    JsonObject data = bundle.json(BundleFile.LOCK).getAsJsonObject("data");
    return shown(experiment, data.get("taken").getAsInt());
  }

  /** What a bundle's numbers depend on beside the settings. */
  public static Map<String, Object> lock(Bundle bundle) throws IOException {
    return new TreeMap<>(bundle.json(BundleFile.LOCK).asMap());
  }
}
