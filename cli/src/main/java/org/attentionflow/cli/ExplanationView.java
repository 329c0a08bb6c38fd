package org.attentionflow.cli;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.attentionflow.attribution.Attribution;
import org.attentionflow.flow.Cut;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.formats.json.ExplanationJson;
import org.attentionflow.pipeline.Explanation;

/** Shows an explanation on a terminal: heat map, ranking, prediction, diagnostics. */
final class ExplanationView {
  private static final int WIDEST = 120;
  private static final int LONGEST_BAR = 40;
  private static final int LONGEST_TEXT = 24;

  /** The columns in front of a bar beside the text: indent, share, score, spaces. */
  private static final int NUMBERS = 23;

  private static final String INDENT = "  ";

  private final PrintStream out;
  private final ViewOptions options;
  private final Paint paint;
  private final int width;

  ExplanationView(Console console, ViewOptions options) {
    this.out = console.out();
    this.options = options;
    this.paint = options.paint(console.surroundings());
    this.width = Math.min(WIDEST, console.surroundings().width());
  }

  /** Prints an explanation that is reliable. */
  void print(Explanation explanation) {
    if (options.showsWords()) {
      printParts(ScoredPart.words(explanation), "word");
    }
    if (options.showsTokens()) {
      printParts(ScoredPart.tokens(explanation), "token");
    }
    printPrediction(explanation);
    explanation.attribution().flowResult().ifPresent(this::printDiagnostics);
    printCompleteness(explanation.attribution().diagnostics());
  }

  /** What a method that claims completeness lacks of it. */
  private void printCompleteness(Map<String, Double> diagnostics) {
    Double gap = diagnostics.get(Attribution.COMPLETENESS_GAP);
    if (gap != null) {
      out.println(
          "complete    the scores add up to "
              + change(diagnostics)
              + "the change of the target from the baseline, but for "
              + Numbers.brief(gap));
    }
  }

  private static String change(Map<String, Double> diagnostics) {
    Double target = diagnostics.get(Attribution.TARGET_VALUE);
    Double baseline = diagnostics.get(Attribution.BASELINE_VALUE);
    return target == null || baseline == null ? "" : Numbers.brief(target - baseline) + ", ";
  }

  private void printParts(List<ScoredPart> parts, String unit) {
    out.println(new HeatMap(paint, width).of(parts));
    out.println();
    List<ScoredPart> ranked =
        parts.stream()
            .filter(part -> part.share() > 0)
            .sorted(Comparator.comparingDouble(ScoredPart::score).reversed())
            .toList();
    int shown = options.top == 0 ? ranked.size() : Math.min(options.top, ranked.size());
    int textWidth =
        ranked.stream()
            .limit(shown)
            .mapToInt(part -> TerminalText.width(part.text()))
            .max()
            .orElse(0);
    ranked.stream()
        .limit(shown)
        .forEach(part -> printRank(part, Math.min(LONGEST_TEXT, textWidth)));
    int left = parts.size() - shown;
    if (left > 0 && shown > 0) {
      double total = ranked.stream().mapToDouble(ScoredPart::share).sum();
      double rest = ranked.stream().skip(shown).mapToDouble(ScoredPart::share).sum();
      out.println(
          paint.faint(
              INDENT
                  + left
                  + " more "
                  + unit
                  + (left == 1 ? ": " : "s: ")
                  + Numbers.percent(rest / total)));
    }
    if (shown > 0) {
      out.println();
    }
  }

  private void printRank(ScoredPart part, int textWidth) {
    int longest = Math.max(5, Math.min(LONGEST_BAR, width - textWidth - NUMBERS));
    String text = TerminalText.pad(TerminalText.cut(part.text(), textWidth), textWidth);
    out.println(
        INDENT
            + text
            + INDENT
            + String.format("%5s", part.shareText())
            + INDENT
            + String.format("%9s", Numbers.brief(part.score()))
            + INDENT
            + Bar.of(part.share(), longest));
  }

  private void printPrediction(Explanation explanation) {
    String label = TerminalText.oneLine(explanation.prediction().label());
    out.println(
        "prediction  "
            + paint.bold(label)
            + " ("
            + Numbers.percent(explanation.prediction().probability())
            + "), explained: "
            + TerminalText.oneLine(explanation.targetLabel())
            + ", by "
            + explanation.attribution().method()
            + ", model "
            + TerminalText.oneLine(explanation.model().name()));
  }

  private void printDiagnostics(Flow flow) {
    if (flow.status() == SolveStatus.NO_PATH) {
      out.println("flow        0 NO_PATH");
      out.println("            " + flow.detail());
      return;
    }
    Cut cut = flow.certificate().cut();
    out.println(
        "flow        "
            + Numbers.brief(flow.value())
            + " "
            + flow.status()
            + (flow.isUnique() ? "" : " (one of many maximum flows)")
            + ", mu "
            + Numbers.plain(flow.barrierParameter())
            + " ("
            + Numbers.plain(flow.relativeBarrierParameter())
            + " of the largest capacity), conservation "
            + Numbers.brief(flow.certificate().conservationResidual()));
    out.println(
        "cut         "
            + Numbers.brief(cut.capacity())
            + Optional.ofNullable(ExplanationJson.cutBlock(flow))
                .map(block -> ", " + Numbers.percent(cut.mainShare()) + " of it in " + block)
                .orElse("")
            + ", found in "
            + flow.iterations()
            + " iterations by "
            + flow.solver());
    RoundingText.of(flow).ifPresent(rounding -> out.println("capacities  " + rounding));
  }
}
