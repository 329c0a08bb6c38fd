package org.attentionflow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.attentionflow.evaluation.bundle.Bundle;
import org.attentionflow.evaluation.bundle.BundleFile;
import org.attentionflow.evaluation.experiment.Experiment;
import org.attentionflow.evaluation.json.JsonTree;
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

  @Option(names = "--json", description = "print JSON")
  boolean json;

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (examples < 0) {
      throw new UnusableInputException("--examples is at least 0, but it is " + examples + ".");
    }
    Bundle bundle = Bundle.open(folder);
    if (Files.exists(output) && Files.isSameFile(folder, output)) {
      throw new UnusableInputException("A bundle is not written to. Maybe another folder: -o DIR.");
    }
    Files.createDirectories(output);
    Experiment experiment =
        bundle.file().set("output.examples", Integer.toString(examples)).resolveForReading();
    Findings findings = new Findings(ReportFiles.shown(bundle, experiment));
    ReportFiles.feed(folder, findings);
    Map<String, String> texts =
        ReportFiles.texts(
            experiment, ReportFiles.lock(bundle), findings, Summaries.of(experiment, findings));
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Bundle.writeText(output, text.getKey(), text.getValue());
    }
    print(texts.keySet());
    return ExitCode.OK;
  }

  private void print(Set<String> names) {
    Path page = output.resolve(BundleFile.REPORT);
    if (json) {
      List<String> files = names.stream().map(name -> output.resolve(name).toString()).toList();
      Map<String, Object> result = Map.of("report", page.toString(), "files", files);
      console.out().print(JsonTree.pretty(JsonTree.of(result)));
    } else {
      console.out().println(page);
    }
  }
}
