package org.attentionflow.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.attentionflow.evaluation.bundle.Bundle;
import org.attentionflow.evaluation.json.JsonTree;
import org.attentionflow.evaluation.run.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a bundle. */
@Command(
    name = "verify",
    header = "Check a bundle: digests, metrics recomputed from its records, expected numbers.",
    sortOptions = false,
    footer = {"", "Needs neither model nor data.", "", "Example:  attnflow verify results/sst2"})
final class VerifyCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "BUNDLE", description = "the folder that a run has written")
  Path bundle = Path.of("");

  @Option(names = "--json", description = "print JSON")
  boolean json;

  VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Verification verification = Verification.of(Bundle.open(bundle));
    print(verification);
    if (!verification.problems().isEmpty()) {
      console.message(bundle + ": " + verification.problems().get(0) + ".");
      return ExitCode.UNVERIFIED;
    }
    return ExitCode.OK;
  }

  private void print(Verification verification) {
    if (json) {
      Map<String, Object> result = new TreeMap<>();
      result.put("verified", verification.problems().isEmpty());
      result.put("checks", verification.checks());
      result.put("problems", verification.problems());
      console.out().print(JsonTree.pretty(JsonTree.of(result)));
      return;
    }
    verification.checks().forEach(line -> console.out().println("ok   " + line));
    verification.problems().forEach(line -> console.out().println("BAD  " + line));
  }
}
