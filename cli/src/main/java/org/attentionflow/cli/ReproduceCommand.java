package org.attentionflow.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.attentionflow.evaluation.bundle.Bundle;
import org.attentionflow.evaluation.bundle.BundleFile;
import org.attentionflow.evaluation.experiment.Experiment;
import org.attentionflow.evaluation.experiment.ExperimentFile;
import org.attentionflow.evaluation.json.JsonDiff;
import org.attentionflow.evaluation.json.JsonTree;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a bundle's experiment again and compares. */
@Command(
    name = "reproduce",
    header = "Run the experiment of a bundle again and compare every number of the summary.",
    sortOptions = false,
    footer = {
      "",
      "Where the data and the model lie is not in a bundle: --set data.root=DIR, or paths",
      "relative to the working directory.",
      "",
      "Example:  attnflow reproduce results/sst2 --set data.root=DIR -o again"
    })
final class ReproduceCommand implements Callable<Integer> {
  private static final int SHOWN = 20;

  private final Console console;

  @Spec @Nullable CommandSpec spec;

  @Parameters(paramLabel = "BUNDLE", description = "the folder that a run has written")
  Path folder = Path.of("");

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "the folder of the new bundle")
  Path output = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "where things are: data.root, model.root, runtime.threads")
  Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      description = "difference of two numbers that is accepted (1e-6); relative above 1")
  double tolerance = 1e-6;

  @Option(
      names = {"-q", "--quiet"},
      description = "no progress")
  boolean quiet;

  @Option(names = "--json", description = "print JSON")
  boolean json;

  ReproduceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Bundle bundle = Bundle.open(folder);
    ExperimentFile file = bundle.file();
    values.forEach(file::set);
    Experiment experiment = file.resolve();
    RunOptions options = new RunOptions();
    options.spec = spec;
    options.output = output;
    options.quiet = quiet;
    options.resume = true;
    Console silent =
        new Console(
            new PrintStream(OutputStream.nullOutputStream()),
            console.err(),
            console.in(),
            console.surroundings(),
            console.timings());
    new ExperimentRunner(silent, options).run(experiment);
    return compare(bundle, Bundle.open(output));
  }

  private int compare(Bundle before, Bundle after) throws IOException {
    JsonDiff diff =
        new JsonDiff(tolerance)
            .compare("", before.json(BundleFile.SUMMARY), after.json(BundleFile.SUMMARY));
    // Other data or another model may give the same numbers: that must be seen.
    JsonDiff lock =
        new JsonDiff(0).compare("", before.json(BundleFile.LOCK), after.json(BundleFile.LOCK));
    boolean sameBytes = manifest(before).equals(manifest(after));
    if (json) {
      printJson(diff, lock, sameBytes);
    } else {
      print(diff, lock, sameBytes);
    }
    if (diff.lines().isEmpty()) {
      return ExitCode.OK;
    }
    console.message(diff.lines().size() + " numbers differ by more than " + tolerance + ".");
    return ExitCode.UNVERIFIED;
  }

  private void print(JsonDiff diff, JsonDiff lock, boolean sameBytes) {
    diff.lines().stream().limit(SHOWN).forEach(console.out()::println);
    lock.lines().forEach(line -> console.out().println(BundleFile.LOCK + ": " + line));
    if (diff.lines().isEmpty()) {
      console
          .out()
          .println(
              sameBytes
                  ? "reproduced: the same bytes"
                  : "reproduced: the largest difference of two numbers is " + diff.largest());
    }
  }

  private void printJson(JsonDiff diff, JsonDiff lock, boolean sameBytes) {
    Map<String, Object> result = new TreeMap<>();
    result.put("reproduced", diff.lines().isEmpty());
    result.put("sameBytes", sameBytes);
    result.put("largestDifference", diff.largest());
    result.put("tolerance", tolerance);
    result.put("differences", DiffCommand.json(BundleFile.SUMMARY, diff));
    result.put("lockDifferences", DiffCommand.json(BundleFile.LOCK, lock));
    console.out().print(JsonTree.pretty(JsonTree.of(result)));
  }

  private static String manifest(Bundle bundle) throws IOException {
    return Files.readString(bundle.folder().resolve(BundleFile.MANIFEST));
  }
}
