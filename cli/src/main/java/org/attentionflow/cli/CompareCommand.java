package org.attentionflow.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.attentionflow.evaluation.bundle.Bundle;
import org.attentionflow.evaluation.report.Comparisons;
import org.attentionflow.evaluation.report.SummaryJson;
import org.attentionflow.evaluation.report.SummaryTest;
import org.attentionflow.evaluation.statistics.Interval;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two runs. */
@Command(
    name = "compare",
    header = "Compare two bundles row by row with paired tests.",
    sortOptions = false,
    footer = {
      "",
      "Refused where data or settings of the metrics differ, and where models differ",
      "unless the metric allows it.",
      "",
      "Example:  attnflow compare results/a results/b"
    })
final class CompareCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "BUNDLE", description = "a folder that a run has written")
  Path left = Path.of("");

  @Parameters(index = "1", paramLabel = "OTHER", description = "another")
  Path right = Path.of("");

  @Option(names = "--json", description = "print JSON")
  boolean json;

  CompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<SummaryTest> tests = Comparisons.of(Bundle.open(left), Bundle.open(right));
    if (json) {
      console.out().print(SummaryJson.of(tests));
      return ExitCode.OK;
    }
    console.out().println("| metric | operator | row | difference | interval | n | p | p (Holm) |");
    console.out().println("|---|---|---|---:|---:|---:|---:|---:|");
    for (SummaryTest test : tests) {
      Interval difference = test.comparison().difference();
      console
          .out()
          .printf(
              "| %s | %s | %s | %s | %s | %d | %s | %s |%n",
              test.metric(),
              test.operator(),
              test.row(),
              Numbers.brief(difference.mean()),
              ends(difference),
              difference.count(),
              Numbers.brief(test.comparison().p()),
              Numbers.brief(test.adjusted()));
    }
    return ExitCode.OK;
  }

  /** A dash for one example, which has no interval. */
  private static String ends(Interval interval) {
    return interval.hasEnds()
        ? "[" + Numbers.brief(interval.low()) + ", " + Numbers.brief(interval.high()) + "]"
        : "–";
  }
}
