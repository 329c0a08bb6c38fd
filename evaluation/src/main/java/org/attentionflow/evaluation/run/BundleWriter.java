package org.attentionflow.evaluation.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.evaluation.bundle.Bundle;
import org.attentionflow.evaluation.bundle.BundleFile;
import org.attentionflow.evaluation.bundle.Journals;
import org.attentionflow.evaluation.experiment.Experiment;
import org.attentionflow.evaluation.json.JsonTree;
import org.attentionflow.evaluation.report.Findings;
import org.attentionflow.evaluation.report.ReportFiles;
import org.attentionflow.evaluation.report.Summaries;
import org.attentionflow.evaluation.report.Summary;
import org.attentionflow.provenance.Provenance;

/** Turns journals into a bundle: every file whole or not at all, the manifest last. */
final class BundleWriter {
  private final PreparedRun run;
  private final Path folder;
  private final List<String> command;

  BundleWriter(PreparedRun run, Path folder, List<String> command) {
    this.command = command;
    this.run = run;
    this.folder = folder;
  }

  RunResult write(List<Path> files) throws IOException {
    Journals journals = Journals.open(files);
    journals.checkComplete(run.examples().size());
    Experiment experiment = run.experiment();
    Bundle.writeText(folder, BundleFile.EXPERIMENT, experiment.text());
    Bundle.writeText(folder, BundleFile.SETTINGS, pretty(experiment.decisive()));
    Bundle.writeText(folder, BundleFile.LOCK, pretty(run.lock()));
    Bundle.writeText(folder, BundleFile.PROVENANCE, pretty(provenance()));
    Times times = new Times();
    Findings findings = new Findings(ReportFiles.shown(experiment, run.examples().size()));
    journals.write(folder);
    journals.each(outcome -> times.add(outcome.times()));
    ReportFiles.feed(folder, findings);
    Summary summary = Summaries.of(experiment, findings);
    ReportFiles.write(folder, experiment, run.lock(), findings, summary);
    writeRuntime(times);
    Bundle.seal(folder);
    Files.deleteIfExists(folder.resolve(BundleFile.JOURNAL));
    return new RunResult(folder, summary, findings.failed() + findings.failedRecords(), times);
  }

  private Map<String, Object> provenance() {
    Provenance here = Provenance.here(Map.of(), Map.of());
    Map<String, Object> json = new TreeMap<>();
    json.put("program", "attention-flow");
    json.put("version", here.version());
    json.put("commit", PreparedRun.commit());
    json.put("java", here.java());
    json.put("platform", here.platform());
    json.put("seed", run.experiment().seed());
    json.put("settings", run.experiment().hash());
    json.put(Bundle.SHOWN_EXAMPLES, run.experiment().shownExamples());
    return json;
  }

  private void writeRuntime(Times times) throws IOException {
    Path runtime = folder.resolve(BundleFile.RUNTIME);
    Files.createDirectories(runtime);
    Bundle.writeText(runtime, "times.json", times.json());
    Map<String, Object> machine = new TreeMap<>();
    machine.put("processors", Runtime.getRuntime().availableProcessors());
    machine.put("threads", run.experiment().threads());
    machine.put("batch", run.experiment().batch());
    machine.put("heapMegabytes", Runtime.getRuntime().maxMemory() >> 20);
    machine.put("processor", processor());
    Bundle.writeText(runtime, "machine.json", pretty(machine));
    if (!command.isEmpty()) {
      Bundle.writeText(runtime, "command.txt", CommandText.of(command));
    }
  }

  /** What Linux calls the processor; otherwise its architecture. */
  private static String processor() throws IOException {
    Path information = Path.of("/proc/cpuinfo");
    if (Files.isReadable(information)) {
      for (String line : Files.readAllLines(information)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    }
    return System.getProperty("os.arch");
  }

  private static String pretty(Map<String, Object> tree) {
    return JsonTree.pretty(JsonTree.of(tree));
  }
}
