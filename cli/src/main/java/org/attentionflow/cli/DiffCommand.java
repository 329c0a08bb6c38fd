package org.attentionflow.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.attentionflow.evaluation.bundle.Bundle;
import org.attentionflow.evaluation.bundle.BundleFile;
import org.attentionflow.evaluation.json.JsonDiff;
import org.attentionflow.evaluation.json.JsonTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says where two bundles differ. */
@Command(
    name = "diff",
    header = "Say where two bundles differ: settings, model, data, program, numbers.",
    sortOptions = false,
    footer = {"", "Example:  attnflow diff results/a results/b --tolerance 1e-9"})
final class DiffCommand implements Callable<Integer> {
  private static final List<String> COMPARED =
      List.of(BundleFile.SETTINGS, BundleFile.LOCK, BundleFile.PROVENANCE, BundleFile.SUMMARY);

  private final Console console;

  @Parameters(index = "0", paramLabel = "BUNDLE", description = "a folder that a run has written")
  Path left = Path.of("");

  @Parameters(index = "1", paramLabel = "OTHER", description = "another")
  Path right = Path.of("");

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      description = "difference of two numbers that counts as none (0); relative above 1")
  double tolerance;

  @Option(names = "--json", description = "print JSON")
  boolean json;

  DiffCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Bundle one = Bundle.open(left);
    Bundle other = Bundle.open(right);
    boolean isEqual = true;
    List<Object> differences = new ArrayList<>();
    for (String name : COMPARED) {
      JsonDiff diff = new JsonDiff(tolerance).compare("", one.json(name), other.json(name));
      for (String line : diff.lines()) {
        if (!json) {
          console.out().println(name + ": " + line);
        }
        isEqual = false;
      }
      differences.addAll(json(name, diff));
    }
    if (json) {
      Map<String, Object> result = Map.of("equal", isEqual, "differences", differences);
      console.out().print(JsonTree.pretty(JsonTree.of(result)));
    } else if (isEqual) {
      console.out().println("no difference in " + String.join(", ", COMPARED));
    }
    return isEqual ? ExitCode.OK : ExitCode.UNVERIFIED;
  }

  /** The differences of a file, each with the whole values of both sides. */
  static List<Object> json(String file, JsonDiff diff) {
    List<Object> differences = new ArrayList<>();
    for (JsonDiff.Difference difference : diff.differences()) {
      differences.add(
          Map.of(
              "file", file,
              "key", difference.path(),
              "left", difference.left(),
              "right", difference.right()));
    }
    return differences;
  }
}
