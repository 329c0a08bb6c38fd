package org.attentionflow.cli;

import java.io.PrintStream;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.flow.maximum.TokenRange;
import org.attentionflow.pipeline.Explanation;

/**
 * Shows how far the scores of tokens can differ between maximum flows, where they are asked for.
 */
final class RangeView {
  private RangeView() {}

  /**
   * The range of each token's score.
   *
   * @throws UnusableInputException if the explanation has no flow
   */
  static List<TokenRange> of(Explanation explanation) {
    return explanation
        .attribution()
        .maximumFlowRanges()
        .orElseThrow(
            () ->
                new UnusableInputException(
                    "--ranges: the method "
                        + explanation.attribution().method()
                        + " computes no flow. Maybe use agf."));
  }

  /** Prints a line per token: its name, its score, and the range. */
  static void print(
      List<String> tokens, double[] scores, List<TokenRange> ranges, PrintStream out) {
    Table table = new Table("token", "score", "least", "most  over all maximum flows");
    for (int i = 0; i < ranges.size(); i++) {
      table.row(
          TerminalText.oneLine(tokens.get(i)),
          Numbers.brief(scores[i]),
          Numbers.brief(ranges.get(i).least()),
          Numbers.brief(ranges.get(i).most()));
    }
    table.print(out);
  }

  /** Prints the ranges of an explanation's tokens. */
  static void print(Explanation explanation, List<TokenRange> ranges, PrintStream out) {
    out.println();
    List<String> tokens = explanation.tokens().tokens().stream().map(t -> t.text()).toList();
    print(tokens, explanation.attribution().scores(), ranges, out);
  }
}
