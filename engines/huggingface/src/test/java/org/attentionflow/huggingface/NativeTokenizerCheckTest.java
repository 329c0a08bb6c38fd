package org.attentionflow.huggingface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.Random;
import org.attentionflow.testkit.Refusals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the native library would end the process for is refused before, and what it reports is one
 * line. Every text goes to the library unless the file is refused: a check that is missing ends the
 * tests, not one of them.
 */
class NativeTokenizerCheckTest {
  private static final String WORDS =
      "\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":0,\"b\":1,\"?\":2},\"unk_token\":\"?\"}";

  @TempDir Path folder;

  private TextTokenizer tokenizer(String json) throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, "{\"version\":\"1.0\",\"added_tokens\":[]," + json + "}");
    return new TextTokenizer(file);
  }

  private void refused(String json, String why) throws IOException {
    try (TextTokenizer tokenizer = tokenizer(json)) {
      Refusals.assertRefused(() -> tokenizer.tokenize("a c"), "tokenizer.json", why);
    }
  }

  private int first(String json, String text) throws IOException {
    try (TextTokenizer tokenizer = tokenizer(json)) {
      return tokenizer.tokenize(text).ids()[0];
    }
  }

  private static String table(String base64) {
    return "\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Precompiled\","
        + ("\"precompiled_charsmap\":\"" + base64 + "\"}]},")
        + WORDS;
  }

  /** Replaces "a" by "b": the root leads to 1, from there "a" to 1 ^ 'a', whose value is at 2. */
  private static ByteBuffer units() {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 1024 + 2).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(0, 1024);
    bytes.putInt(4, 1 << 10);
    int child = 1 ^ 'a';
    bytes.putInt(4 + 4 * child, 'a' | 1 << 8 | (child ^ 2) << 10);
    bytes.putInt(4 + 4 * 2, 1 << 31);
    bytes.put(4 + 1024, (byte) 'b');
    return bytes;
  }

  private static String encoded(ByteBuffer bytes) {
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  @Test
  void aSoundTableIsUsed() throws IOException {
    String table = encoded(units());
    assertTrue(CharacterTable.isSound(table));
    assertEquals(1, first(table(table), "a"));
    assertEquals(0, first(WORDS, "a"));
  }

  @Test
  void damagedTablesAreRefused() throws IOException {
    String why = "precompiled_charsmap";
    for (String base64 : new String[] {"", "AAAA", "AAAAAA", "/////wAAAAAAAAA=", "no base 64"}) {
      refused(table(base64), why);
    }
    refused("\"normalizer\":{\"type\":\"Precompiled\"}," + WORDS, why);
    refused(table(encoded(units().putInt(4, 1 << 20))), why);
    refused(table(encoded(units().putInt(4 + 4 * (1 ^ 'a'), 'a' | 1 << 9 | 1 << 29))), why);
    refused(table(encoded(units().putInt(4 + 4 * 2, 3))), why);
    refused(table(encoded(units().put(4 + 1024, (byte) 0xff))), why);
  }

  /** The library reads what is called sound; thousands of tables with a few units changed. */
  @Test
  void tablesThatAreCalledSoundAreReadToTheEnd() throws IOException {
    long seed = 5;
    Random random = new Random(seed);
    int sound = 0;
    int unsound = 0;
    for (int round = 0; round < 2000; round++) {
      ByteBuffer bytes = units();
      for (int i = 0; i < 3; i++) {
        int unit = random.nextInt(256);
        int value = random.nextInt() >>> random.nextInt(32);
        bytes.putInt(4 + 4 * unit, random.nextBoolean() ? value : value & ~0xff | 1 ^ unit);
      }
      if (CharacterTable.isSound(encoded(bytes))) {
        sound++;
        first(table(encoded(bytes)), "a bcd é 雪 \u007f~");
      } else {
        unsound++;
      }
    }
    assertTrue(sound > 50 && unsound > 50, "seed " + seed + ": " + sound + ", " + unsound);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"SpecialToken\":{\"id\":\"x\",\"type_id\":0}}",
        "{\"SpecialToken\":{\"id\":\"y\",\"type_id\":0}}",
        "{\"Sequence\":{\"id\":\"B\",\"type_id\":0}}"
      })
  void templatesThatLeadNowhereAreRefused(String piece) throws IOException {
    String template =
        "\"post_processor\":{\"type\":\"TemplateProcessing\",\"single\":["
            + ("{\"Sequence\":{\"id\":\"A\",\"type_id\":0}}," + piece + "],\"pair\":[],")
            + "\"special_tokens\":{\"y\":{\"id\":\"y\",\"ids\":[1,2],\"tokens\":[\"y\"]}}},";
    refused(template + WORDS, "its template");
  }

  @Test
  void piecesOfNoLengthAreRefused() throws IOException {
    String pieces = "\"pre_tokenizer\":{\"type\":\"FixedLength\",\"length\":%d}," + WORDS;
    refused(pieces.formatted(0), "pieces of the length 0");
    assertEquals(0, first(pieces.formatted(1), "a"));
  }

  private static String replacements(int count, String pattern, String content) {
    String step =
        "{\"type\":\"Replace\",\"pattern\":{" + pattern + "},\"content\":\"" + content + "\"}";
    return "\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":["
        + (String.join(",", Collections.nCopies(count, step)) + "]}," + WORDS);
  }

  /** Nine in a row make sixty-four thousand million characters of one. */
  @Test
  void replacementsThatGrowWithoutEndAreRefused() throws IOException {
    String grown = "a".repeat(16);
    refused(replacements(9, "\"String\":\"a\"", grown), "its replacements make more than 10000");
    refused(replacements(9, "\"Regex\":\"a\"", grown), "its replacements make more than 10000");
    refused(
        "\"normalizer\":{\"type\":\"Prepend\",\"prepend\":\"" + "x".repeat(20_000) + "\"}," + WORDS,
        "its replacements make");
    assertEquals(1, first(replacements(12, "\"String\":\"a\"", "b"), "a"));
    assertEquals(0, first(replacements(9, "\"Regex\":\"c+\"", "a"), "cc"));
  }

  @Test
  void numbersThatNoTokenHas() throws IOException {
    String ends =
        "\"post_processor\":{\"type\":\"BertProcessing\",\"sep\":[\"s\",%d],\"cls\":[\"c\",1]},";
    refused(ends.formatted(1L << 31) + WORDS, "gives a token the number 2147483648");
    assertEquals(1, first(ends.formatted(2) + WORDS, "a"));
    String template =
        "\"post_processor\":{\"type\":\"TemplateProcessing\",\"single\":["
            + "{\"Sequence\":{\"id\":\"A\",\"type_id\":4294967295}}],\"pair\":[],"
            + "\"special_tokens\":{}},";
    refused(template + WORDS, "gives a token the number 4294967295");
  }

  @Test
  void mergesWithoutTheirPrefixAreRefused() throws IOException {
    String merges =
        "\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"##b\":1,\"b\":2,\"ab\":3},"
            + "\"merges\":[%s],\"continuing_subword_prefix\":\"##\",\"unk_token\":\"a\"}";
    refused(merges.formatted("\"a b\""), "lacks the prefix ##");
    refused(merges.formatted("[\"a\",\"b\"]"), "lacks the prefix ##");
    assertEquals(3, first(merges.formatted("\"a ##b\""), "ab"));
  }

  @Test
  void whatTheLibraryReportsIsOneLine() throws IOException {
    refused(WORDS.replace("\"?\":2", "\"!\":2"), "WordLevel error");
    refused("\"model\":{\"type\":\"Unigram\",\"vocab\":[[\"a\",0.0]]}", "unk_id");
    assertFalse(CharacterTable.isSound("AAAA"));
  }
}
