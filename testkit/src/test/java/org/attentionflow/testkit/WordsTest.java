package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;
import org.attentionflow.token.Word;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of a text, by the characters that tokens stand for. */
class WordsTest {
  /** One token per code point, so that every word there is shows. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '"',
      value = {
        "isn't it > isn't|it",
        "isn\u2019t it > isn\u2019t|it",
        "well-known facts > well-known|facts",
        "a_b c > a_b|c",
        "good, bad! > good|,|bad|!",
        "'quoted' > '|quoted|'",
        "so-called - no > so-called|-|no",
        "\u4e2d\u6587\u5b57 > \u4e2d|\u6587|\u5b57",
        "\u65e5\u672c\u3067\u3059 > \u65e5|\u672c|\u3067\u3059",
        "cafe\u0301 noir > cafe\u0301|noir",
        "\ud83d\ude00\ud83d\ude00 ok > \ud83d\ude00|\ud83d\ude00|ok",
        "\u2764\ufe0f yes > \u2764\ufe0f|yes",
        "\ud83d\udc4d\ud83c\udffd yes > \ud83d\udc4d\ud83c\udffd|yes",
        "\ud83d\udc69\u200d\ud83d\udcbb! > \ud83d\udc69\u200d\ud83d\udcbb|!",
        "10\u00a0km > 10|km",
        "\u0645\u06cc\u200c\u062e\u0648 > \u0645\u06cc\u200c\u062e\u0648",
        "\ud835\udc00\ud835\udc01 x > \ud835\udc00\ud835\udc01|x"
      })
  void splitsText(String text, String words) {
    assertEquals(List.of(words.split("\\|")), texts(byCodePoint(text)));
  }

  @Test
  void joinsPiecesOfAWord() {
    TokenSequence sequence = sequence("unbelievable film", 0, 2, 2, 9, 9, 12, 13, 17);
    List<Word> words = sequence.words();
    assertEquals(List.of("unbelievable", "film"), texts(sequence));
    assertEquals(List.of(1, 2, 3), words.get(0).tokens());
    assertEquals(List.of(4), words.get(1).tokens());
    assertEquals(13, words.get(1).start());
    assertEquals(17, words.get(1).end());
  }

  @Test
  void leavesOutSpecialTokensAndTokensWithoutText() {
    assertEquals(List.of("a"), texts(sequence("a b", 0, 1)));
    assertEquals(List.of(), sequence("a b").words());
    assertEquals(List.of(), sequence("", 0, 0).words());
  }

  /** Vocabularies of byte pairs put the space in front of a word into its first token. */
  @Test
  void leavesOutTheSpaceInFrontOfAWord() {
    TokenSequence sequence = sequence("the dog ran", 0, 3, 3, 7, 7, 9, 9, 11);
    assertEquals(List.of("the", "dog", "ran"), texts(sequence));
    assertEquals(4, sequence.words().get(1).start());
  }

  /** A line break may be a token of its own. */
  @Test
  void aTokenOfWhiteSpaceIsNoWord() {
    TokenSequence sequence = sequence("a\n\nb \t", 0, 1, 1, 3, 3, 4, 4, 6);
    assertEquals(List.of("a", "b"), texts(sequence));
    assertEquals(List.of(3), sequence.words().get(1).tokens());
  }

  @Test
  void oneTokenOverSeveralWordsJoinsThem() {
    assertEquals(List.of("New York City", "!"), texts(sequence("New York City!", 0, 13, 13, 14)));
    // The second token begins inside the first word and ends inside the second.
    assertEquals(List.of("good dog", "x"), texts(sequence("good dog x", 0, 2, 2, 6, 6, 8, 9, 10)));
  }

  /** The bytes of one character each have its span. */
  @Test
  void tokensOfEqualSpansAreOfOneWord() {
    TokenSequence sequence = sequence("\ud83e\udd84 ok", 0, 2, 0, 2, 0, 2, 3, 5);
    assertEquals(List.of("\ud83e\udd84", "ok"), texts(sequence));
    assertEquals(List.of(1, 2, 3), sequence.words().get(0).tokens());
  }

  private static TokenSequence byCodePoint(String text) {
    List<Integer> spans = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int end = at + Character.charCount(text.codePointAt(at));
      spans.add(at);
      spans.add(end);
      at = end;
    }
    return sequence(text, spans.stream().mapToInt(Integer::intValue).toArray());
  }

  /** A special token, then one token per pair of start and end, then a special token. */
  private static TokenSequence sequence(String text, int... spans) {
    List<Token> tokens = new ArrayList<>();
    tokens.add(new Token(0, 1, "[CLS]", 0, 0, true));
    for (int i = 0; i < spans.length; i += 2) {
      tokens.add(new Token(tokens.size(), 5, "piece", spans[i], spans[i + 1], false));
    }
    tokens.add(new Token(tokens.size(), 2, "[SEP]", 0, 0, true));
    return TokenSequence.of(text, tokens);
  }

  private static List<String> texts(TokenSequence sequence) {
    return sequence.words().stream().map(Word::text).toList();
  }
}
