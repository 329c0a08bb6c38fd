package org.attentionflow.huggingface;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;
import org.jspecify.annotations.Nullable;

/**
 * Turns text into tokens as a {@code tokenizer.json} says, special tokens included; whatever
 * truncation or padding the file asks for is switched off. The native library loads with the first
 * text. Safe for use by several threads.
 */
final class TextTokenizer implements AutoCloseable {
  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "true", "truncation", "false", "padding", "false");

  private final Path file;
  private @Nullable HuggingFaceTokenizer loaded;

  TextTokenizer(Path file) {
    this.file = file;
  }

  /**
   * The tokens of a text.
   *
   * @throws UnusableInputException if there is none but special ones, or the text is no valid
   *     Unicode
   */
  TokenSequence tokenize(String text) {
    checkSurrogates(text);
    Encoding encoding = encode(text);
    int[] utf16 = utf16Offsets(text);
    long[] ids = encoding.getIds();
    long[] specialMask = encoding.getSpecialTokenMask();
    String[] texts = encoding.getTokens();
    CharSpan[] spans = encoding.getCharTokenSpans();
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      boolean special = specialMask[i] != 0 || spans[i] == null;
      int start = special ? 0 : utf16[spans[i].getStart()];
      int end = special ? 0 : utf16[spans[i].getEnd()];
      tokens.add(token(i, number(ids[i]), texts[i], text, start, end, special));
    }
    if (tokens.stream().allMatch(token -> token.start() == token.end())) {
      throw new UnusableInputException("The text has no token: it is empty or blank.");
    }
    List<Integer> segments = Arrays.stream(encoding.getTypeIds()).mapToObj(this::number).toList();
    return new TokenSequence(text, tokens, segments);
  }

  private int number(long id) {
    if (id < 0 || id > Integer.MAX_VALUE) {
      throw new UnusableInputException(
          ("The tokenizer " + file + " cannot be used: it gives a token the number " + id + ".")
              + " Maybe it is damaged.");
    }
    return (int) id;
  }

  private Encoding encode(String text) {
    HuggingFaceTokenizer tokenizer = tokenizer();
    try {
      return tokenizer.encode(text);
    } catch (RuntimeException failure) {
      throw unusable(failure);
    }
  }

  @Override
  public synchronized void close() {
    if (loaded != null) {
      loaded.close();
    }
  }

  private synchronized HuggingFaceTokenizer tokenizer() {
    if (loaded == null) {
      NativeTokenizerCheck.run(file);
      try (InputStream stream = Files.newInputStream(file)) {
        loaded = HuggingFaceTokenizer.newInstance(stream, OPTIONS);
      } catch (IOException | RuntimeException failure) {
        throw unusable(failure);
      } catch (LinkageError failure) {
        throw new UnusableInputException(
            "The native library of the tokenizers cannot be loaded: " + failure.getMessage() + ".",
            failure);
      }
    }
    return loaded;
  }

  private UnusableInputException unusable(Exception failure) {
    return new UnusableInputException(
        ("The tokenizer " + file + " cannot be used: " + failure.getMessage() + ".")
            + " Maybe it is damaged or of a newer kind.",
        failure);
  }

  /** Some tokenizers count the space before a word to its token: it is cut off here. */
  private static Token token(
      int index, int id, String spelling, String text, int from, int to, boolean special) {
    int start = from;
    int end = to;
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (start < end && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return start < end
        ? new Token(index, id, spelling, start, end, special)
        : new Token(index, id, spelling, 0, 0, special);
  }

  private static boolean isSpace(char character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  /** The index of UTF-16 units at which each code point starts, and the length at the end. */
  private static int[] utf16Offsets(String text) {
    int[] offsets = new int[text.codePointCount(0, text.length()) + 1];
    int at = 0;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = at;
      if (at < text.length()) {
        at += Character.charCount(text.codePointAt(at));
      }
    }
    return offsets;
  }

  /** Half a character would shift the spans of everything behind it. */
  private static void checkSurrogates(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int character = text.codePointAt(i);
      if (Character.charCount(character) == 1 && Character.isSurrogate((char) character)) {
        throw new UnusableInputException(
            ("The text has half a surrogate pair at index " + i + ".")
                + " Maybe it was cut in the middle of a character.");
      }
    }
  }
}
