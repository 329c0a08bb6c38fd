package org.attentionflow.token;

import java.util.ArrayList;
import java.util.List;

/**
 * Joins tokens to words by the characters they stand for, never by how a vocabulary marks the
 * pieces of a word.
 *
 * <p>A word is a run of letters, marks and digits, in which an apostrophe, hyphen, underscore or
 * zero-width joiner may stand between two of them; an ideograph, and every other character that is
 * not white space, is a word of its own. Where one token reaches over several words they count as
 * one word.
 */
final class Words {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int SOFT_HYPHEN = 0xAD;

  private Words() {}

  /** The words of a sequence that at least one token stands for. */
  static List<Word> of(TokenSequence sequence) {
    String text = sequence.text();
    List<int[]> spans = spans(text);
    List<Word> words = new ArrayList<>();
    int next = 0;
    int start = -1;
    int end = -1;
    List<Integer> members = new ArrayList<>();
    for (Token token : sequence.tokens()) {
      if (token.special() || token.end() <= token.start()) {
        continue;
      }
      while (next < spans.size() && spans.get(next)[1] <= token.start()) {
        next++;
      }
      if (next == spans.size() || spans.get(next)[0] >= token.end()) {
        continue;
      }
      int tokenStart = token.start();
      int tokenEnd = token.end();
      for (int i = next; i < spans.size() && spans.get(i)[0] < token.end(); i++) {
        tokenStart = i == next ? Math.min(spans.get(i)[0], token.start()) : tokenStart;
        tokenEnd = Math.max(tokenEnd, spans.get(i)[1]);
      }
      if (tokenStart >= end) {
        close(words, text, start, end, members);
        start = tokenStart;
        end = tokenEnd;
      } else {
        end = Math.max(end, tokenEnd);
      }
      members.add(token.index());
    }
    close(words, text, start, end, members);
    return words;
  }

  private static void close(
      List<Word> words, String text, int start, int end, List<Integer> members) {
    if (!members.isEmpty()) {
      int from = start;
      while (from < end && isSpace(text.charAt(from))) {
        from++;
      }
      words.add(new Word(text.substring(from, end), from, end, members));
      members.clear();
    }
  }

  /** The [start, end) of every word, in order. */
  private static List<int[]> spans(String text) {
    List<int[]> spans = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      int end = at + Character.charCount(character);
      end = isLetter(character) ? endOfLetters(text, end) : endOfSymbol(text, end);
      if (!isSpace(character)) {
        spans.add(new int[] {at, end});
      }
      at = end;
    }
    return spans;
  }

  private static int endOfLetters(String text, int from) {
    int end = from;
    while (end < text.length()) {
      int character = text.codePointAt(end);
      int after = end + Character.charCount(character);
      boolean joins =
          isJoiner(character) && after < text.length() && isLetter(text.codePointAt(after));
      if (!isLetter(character) && !joins) {
        break;
      }
      end = after;
    }
    return end;
  }

  /** Marks, skin tones and what a zero-width joiner ties on belong to the symbol before them. */
  private static int endOfSymbol(String text, int from) {
    int end = from;
    while (end < text.length()) {
      int character = text.codePointAt(end);
      int after = end + Character.charCount(character);
      boolean ties = character == ZERO_WIDTH_JOINER && after < text.length();
      if (!isMark(character) && !isSkinTone(character) && !ties) {
        break;
      }
      end = ties ? after + Character.charCount(text.codePointAt(after)) : after;
    }
    return end;
  }

  private static boolean isLetter(int character) {
    return (Character.isLetterOrDigit(character) || isMark(character))
        && !Character.isIdeographic(character);
  }

  private static boolean isMark(int character) {
    int type = Character.getType(character);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  private static boolean isSkinTone(int character) {
    return character >= 0x1F3FB && character <= 0x1F3FF;
  }

  /** White space, the kinds that forbid a line break included. */
  private static boolean isSpace(int character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  private static boolean isJoiner(int character) {
    return character == '\''
        || character == '\u2019'
        || character == '-'
        || character == '_'
        || character == ZERO_WIDTH_NON_JOINER
        || character == ZERO_WIDTH_JOINER
        || character == SOFT_HYPHEN;
  }
}
