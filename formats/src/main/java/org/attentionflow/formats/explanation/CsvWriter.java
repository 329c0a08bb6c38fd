package org.attentionflow.formats.explanation;

import java.io.IOException;
import java.util.List;
import org.attentionflow.attribution.Attribution;
import org.attentionflow.formats.json.ShortestDecimal;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.TextResult;
import org.attentionflow.token.Token;
import org.attentionflow.token.Word;

/**
 * Scores as comma-separated values (RFC 4180, but lines end in LF): {@code
 * result,level,index,text,start,end,special,score}. The level is {@code token} or {@code word}; for
 * a text without explanation it is {@code failure}, with the reason as text. A score that is not
 * reliable is empty.
 *
 * <p>Tokens are data and stay exact, also where they begin with {@code =}, {@code +}, {@code -} or
 * {@code @}: a spreadsheet must be told that the column holds text. Only lone surrogates, which
 * UTF-8 cannot hold, become U+FFFD.
 */
final class CsvWriter {
  private CsvWriter() {}

  static void write(List<TextResult> results, Appendable out) throws IOException {
    out.append("result,level,index,text,start,end,special,score\n");
    for (TextResult result : results) {
      Explanation explanation = result.explanation();
      if (explanation == null) {
        row(out, result.index(), "failure", "", Results.failure(result), "", "", "", "");
      } else {
        writeTokens(result.index(), explanation, out);
        writeWords(result.index(), explanation, out);
      }
    }
  }

  private static void writeTokens(int result, Explanation explanation, Appendable out)
      throws IOException {
    double[] scores = explanation.attribution().scores();
    for (Token token : explanation.tokens().tokens()) {
      row(
          out,
          result,
          "token",
          Integer.toString(token.index()),
          token.text(),
          Integer.toString(token.start()),
          Integer.toString(token.end()),
          Boolean.toString(token.special()),
          score(explanation, scores[token.index()]));
    }
  }

  private static void writeWords(int result, Explanation explanation, Appendable out)
      throws IOException {
    List<Word> words = explanation.tokens().words();
    double[] scores =
        Attribution.wordScores(explanation.tokens(), explanation.attribution().scores());
    for (int i = 0; i < scores.length; i++) {
      Word word = words.get(i);
      row(
          out,
          result,
          "word",
          Integer.toString(i),
          word.text(),
          Integer.toString(word.start()),
          Integer.toString(word.end()),
          "false",
          score(explanation, scores[i]));
    }
  }

  private static String score(Explanation explanation, double score) {
    boolean isKnown = explanation.isReliable() && Double.isFinite(score);
    return isKnown ? ShortestDecimal.of(score) : "";
  }

  private static void row(Appendable out, int result, String... fields) throws IOException {
    out.append(Integer.toString(result));
    for (String field : fields) {
      out.append(',').append(quoted(field));
    }
    out.append('\n');
  }

  private static String quoted(String field) {
    StringBuilder clean = new StringBuilder();
    boolean needsQuotes = false;
    for (int c : field.codePoints().toArray()) {
      needsQuotes |= c == '"' || c == ',' || c == '\n' || c == '\r';
      boolean isLone = Character.getType(c) == Character.SURROGATE;
      clean.appendCodePoint(isLone ? 0xFFFD : c).append(c == '"' ? "\"" : "");
    }
    return needsQuotes ? "\"" + clean + "\"" : clean.toString();
  }
}
