package org.attentionflow.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.flow.maximum.TokenRange;
import org.attentionflow.formats.json.ExplanationJson;
import org.attentionflow.pipeline.Explainer;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.Settings;
import org.attentionflow.pipeline.TextResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Explains one text, or many. */
@Command(
    name = "explain",
    header = "Explain what a model predicts for a text: a score for every word.",
    sortOptions = false,
    footer = {
      "",
      "A text without any path of positive capacity has scores of zero and the status",
      "NO_PATH: a result, not an error. Of many texts each is a record; with --json there",
      "is one JSON object per line. The ending of -o FILE decides the format: html, svg,",
      "flow.svg, tex, csv, json or jsonl.",
      "",
      "Example:  attnflow explain \"although this dog is not cute, it is very smart.\"",
      "          attnflow explain -m DIR -f texts.txt --target 1 -o out.html"
    })
final class ExplainCommand implements Callable<Integer> {
  private final Console console;

  @Mixin final TextOptions input = new TextOptions();
  @Mixin final ModelOptions model = new ModelOptions();
  @Mixin final SettingsOptions options = new SettingsOptions();
  @Mixin final ViewOptions view = new ViewOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "write the result to this file too, repeatable; of many texts only there")
  List<Path> outputs = List.of();

  @Option(names = "--json", description = "print JSON")
  boolean json;

  @Option(
      names = "--ranges",
      description = "also print the range of each token's score over all maximum flows")
  boolean ranges;

  @Option(
      names = {"-q", "--quiet"},
      description = "no progress and no summary")
  boolean quiet;

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (view.top < 0) {
      throw new UnusableInputException("--top " + view.top + ": expected 0 (all) or more.");
    }
    Settings settings = options.settings(model.engine);
    List<String> texts = input.read(console);
    try (OutputFiles files = OutputFiles.open(outputs);
        ModelLocation location = model.locate();
        Explainer explainer = Explainer.open(location.path(), settings, console.timings()::stage)) {
      console.timings().end("model");
      if (input.isSingle()) {
        return explainOne(texts.get(0), explainer, files);
      }
      return new ExplainedRecords(console, files, recordView(), quiet).explain(explainer, texts);
    }
  }

  private int explainOne(String text, Explainer explainer, OutputFiles files) throws IOException {
    Explanation explanation = explainer.explain(text);
    console.timings().skip();
    if (json) {
      ExplanationJson.write(
          explanation, ranges ? RangeView.of(explanation) : List.of(), console.out());
      console.out().println();
    } else if (explanation.isReliable()) {
      print(explanation);
    }
    files.add(new TextResult(0, text, explanation, null));
    files.finish();
    console.timings().end("output");
    if (!explanation.isReliable()) {
      console.message(notCertified(explanation));
      return ExitCode.NOT_CERTIFIED;
    }
    if (options.muAbsolute != null) {
      explanation
          .attribution()
          .flowResult()
          .flatMap(MuRemark::ofAbsolute)
          .ifPresent(console::message);
    }
    return ExitCode.OK;
  }

  /** How each of many records is printed. */
  private RecordView recordView() {
    if (json) {
      return RecordView.jsonLines(ranges);
    }
    if (!outputs.isEmpty()) {
      return RecordView.NONE;
    }
    return (result, out) -> {
      Explanation explanation = result.explanation();
      if (explanation != null && explanation.isReliable()) {
        out.println("record " + (result.index() + 1));
        print(explanation);
        out.println();
      }
    };
  }

  private void print(Explanation explanation) {
    // A method without a flow is refused before anything is printed.
    List<TokenRange> found = ranges ? RangeView.of(explanation) : List.of();
    new ExplanationView(console, view).print(explanation);
    if (ranges) {
      RangeView.print(explanation, found, console.out());
    }
  }

  /** Why an explanation holds no attribution. */
  static String notCertified(Explanation explanation) {
    return explanation
        .attribution()
        .flowResult()
        .orElseThrow(() -> new UnusableInputException("The method gave no reliable scores."))
        .detail();
  }
}
