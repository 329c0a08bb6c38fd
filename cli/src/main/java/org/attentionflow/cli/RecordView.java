package org.attentionflow.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.attentionflow.formats.json.ExplanationJson;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.TextResult;

/** How each of many results is printed on standard output. */
@FunctionalInterface
interface RecordView {
  /** Nothing is printed. */
  RecordView NONE = (result, out) -> {};

  /** JSON Lines, with or without the ranges of the scores. */
  static RecordView jsonLines(boolean ranges) {
    return (result, out) -> {
      Explanation explanation = result.explanation();
      if (explanation == null) {
        ExplanationJson.writeFailure(result, out);
      } else {
        ExplanationJson.write(explanation, ranges ? RangeView.of(explanation) : List.of(), out);
      }
      out.println();
    };
  }

  /** Prints one result. */
  void print(TextResult result, PrintStream out) throws IOException;
}
