package org.attentionflow.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.pipeline.Explainer;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.TextResult;

/**
 * Explains many texts: each result is printed and written as soon as it and those before it are
 * there, and is kept only if a file's format needs all of them. A record that fails does not stop
 * the others.
 */
final class ExplainedRecords {
  private final Console console;
  private final OutputFiles files;
  private final RecordView view;
  private final boolean quiet;
  private int explained;
  private int withoutPath;
  private int failed;

  ExplainedRecords(Console console, OutputFiles files, RecordView view, boolean quiet) {
    this.console = console;
    this.files = files;
    this.view = view;
    this.quiet = quiet;
  }

  /** Explains the texts; the result is the exit code. */
  int explain(Explainer explainer, List<String> texts) throws IOException {
    checkTarget(explainer);
    boolean printsToTerminal = view != RecordView.NONE && console.surroundings().outputIsTerminal();
    Progress progress =
        quiet || printsToTerminal
            ? Progress.none()
            : Progress.of(console.err(), console.surroundings().errorIsTerminal(), texts.size());
    long begin = System.nanoTime();
    try {
      explainer.explainAll(
          texts,
          result -> {
            accept(result, progress);
            progress.step();
          });
    } finally {
      progress.end();
    }
    files.finish();
    if (!quiet) {
      summarise((System.nanoTime() - begin) / 1e9);
    }
    return failed > 0 ? ExitCode.SOME_FAILED : ExitCode.OK;
  }

  /** A class that does not exist is one error of the command, not one of every record. */
  private static void checkTarget(Explainer explainer) {
    List<String> labels = explainer.session().model().labels();
    if (!labels.isEmpty()) {
      explainer.settings().target().resolve(new float[labels.size()], labels);
    }
  }

  private void accept(TextResult result, Progress progress) {
    try {
      count(result, progress);
      view.print(result, console.out());
      files.add(result);
      console.checkOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void count(TextResult result, Progress progress) {
    Explanation explanation = result.explanation();
    String failure = result.failure();
    if (explanation != null && !explanation.isReliable()) {
      failure = ExplainCommand.notCertified(explanation);
    }
    if (explanation == null || failure != null) {
      failed++;
      progress.clear();
      console.message("record " + (result.index() + 1) + ": " + failure);
      return;
    }
    explained++;
    boolean hasPath =
        explanation
            .attribution()
            .flowResult()
            .map(flow -> flow.status() != SolveStatus.NO_PATH)
            .orElse(true);
    withoutPath += hasPath ? 0 : 1;
  }

  private void summarise(double seconds) {
    int total = explained + failed;
    console.message(
        explained
            + " explained, "
            + withoutPath
            + " NO_PATH, "
            + failed
            + " failed, in "
            + Numbers.seconds(seconds)
            + " ("
            + Numbers.brief(total / seconds)
            + " per second)");
  }
}
