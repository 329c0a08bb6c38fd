package org.attentionflow.cli;

import java.util.ArrayList;
import java.util.List;
import org.attentionflow.attribution.Attribution;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.token.Token;
import org.attentionflow.token.Word;

/**
 * A word or token as it is shown.
 *
 * @param text what is shown, safe for a terminal
 * @param score its score
 * @param share the score's size relative to the largest one shown, from 0 to 1
 * @param spaceBefore whether a space stands before it
 */
record ScoredPart(String text, double score, double share, boolean spaceBefore) {
  /** The words of a text, in its order. */
  static List<ScoredPart> words(Explanation explanation) {
    List<Word> words = explanation.tokens().words();
    double[] scores =
        Attribution.wordScores(explanation.tokens(), explanation.attribution().scores());
    double largest = largest(scores);
    List<ScoredPart> parts = new ArrayList<>();
    int end = 0;
    for (int i = 0; i < scores.length; i++) {
      Word word = words.get(i);
      parts.add(part(word.text(), scores[i], largest, i > 0 && word.start() > end));
      end = word.end();
    }
    return parts;
  }

  /** All tokens, those that the tokenizer added included. */
  static List<ScoredPart> tokens(Explanation explanation) {
    double[] scores = explanation.attribution().scores();
    double largest = largest(scores);
    List<ScoredPart> parts = new ArrayList<>();
    for (Token token : explanation.tokens().tokens()) {
      parts.add(part(token.text(), scores[token.index()], largest, token.index() > 0));
    }
    return parts;
  }

  /** The share with the score's sign, from −1 to 1. */
  double intensity() {
    return score < 0 ? -share : share;
  }

  /** The share in two or three digits. */
  String shareText() {
    return Numbers.share(share);
  }

  private static ScoredPart part(String text, double score, double largest, boolean space) {
    double share = largest > 0 ? Math.abs(score) / largest : 0;
    return new ScoredPart(TerminalText.oneLine(text), score, share, space);
  }

  private static double largest(double[] scores) {
    double largest = 0;
    for (double score : scores) {
      largest = Math.max(largest, Math.abs(score));
    }
    return largest;
  }
}
