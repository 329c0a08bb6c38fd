package org.attentionflow.formats.explanation;

import java.util.List;
import java.util.stream.IntStream;
import org.attentionflow.attribution.Attribution;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.formats.json.ShortestDecimal;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.TextResult;
import org.attentionflow.token.Token;
import org.attentionflow.token.Word;

/** What several formats say of a result in words and in numbers for readers. */
final class Results {
  /** One unit of text with its score: a token or a word. */
  record Scored(String text, boolean special, double score, double intensity) {
    /** The score in percent of the largest, at most one decimal. */
    String percent() {
      return Results.percent(intensity);
    }
  }

  private Results() {}

  /** The tokens of the input with their scores. */
  static List<Scored> tokens(Explanation explanation) {
    List<Token> tokens = explanation.tokens().tokens();
    double[] scores = explanation.attribution().scores();
    double[] intensities = HeatScale.intensities(scores);
    return tokens.stream()
        .map(t -> new Scored(t.text(), t.special(), scores[t.index()], intensities[t.index()]))
        .toList();
  }

  /** The words of the text with their scores. */
  static List<Scored> words(Explanation explanation) {
    List<Word> words = explanation.tokens().words();
    double[] scores =
        Attribution.wordScores(explanation.tokens(), explanation.attribution().scores());
    double[] intensities = HeatScale.intensities(scores);
    return IntStream.range(0, scores.length)
        .mapToObj(i -> new Scored(words.get(i).text(), false, scores[i], intensities[i]))
        .toList();
  }

  /** Why a text has no explanation, on one line. */
  static String failure(TextResult result) {
    String failure = result.failure();
    return failure == null ? "no explanation" : failure;
  }

  /** How the explanation ended: CERTIFIED, NO_PATH …; empty for methods without a flow. */
  static String status(Explanation explanation) {
    return explanation.attribution().flowResult().map(flow -> flow.status().name()).orElse("");
  }

  /** Whether no path carried flow. */
  static boolean hasNoPath(Explanation explanation) {
    return status(explanation).equals(SolveStatus.NO_PATH.name());
  }

  /** The one line that must stand beside the scores, or in their place; empty if there is none. */
  static String remark(Explanation explanation) {
    return explanation.attribution().flowResult().map(flow -> flow.detail()).orElse("");
  }

  /** What was predicted and what is explained, by which method. */
  static String headline(Explanation explanation) {
    return "predicted "
        + explanation.prediction().label()
        + " ("
        + probability(explanation)
        + " %), explained "
        + explanation.targetLabel()
        + " by "
        + explanation.attribution().method();
  }

  /** The probability of the prediction in percent, with one decimal; never rounded to 100. */
  static String probability(Explanation explanation) {
    double probability = explanation.prediction().probability();
    double rounded = Math.round(1000 * probability) / 10.0;
    return rounded == 100 && probability < 1 ? ">99.9" : ShortestDecimal.rounded(rounded, 4);
  }

  /** A share of one in percent, with one decimal below 10. */
  static String percent(double share) {
    double percent = 100 * share;
    if (!Double.isFinite(percent)) {
      return "–";
    }
    boolean needsDecimal = percent < 9.95 && percent > 0;
    double rounded = needsDecimal ? Math.round(10 * percent) / 10.0 : Math.round(percent);
    return rounded == 0 && percent > 0 ? "<0.1" : ShortestDecimal.of(rounded);
  }

  /** A number with four significant digits. */
  static String brief(double value) {
    return Double.isFinite(value) ? ShortestDecimal.rounded(value, 4) : "–";
  }
}
