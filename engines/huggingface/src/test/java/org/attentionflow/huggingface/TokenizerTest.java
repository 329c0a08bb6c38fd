package org.attentionflow.huggingface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.testkit.Refusals;
import org.attentionflow.testkit.ResourceFolder;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;
import org.attentionflow.token.Word;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of real text with the word pieces of the small classifier. */
class TokenizerTest {
  private static ModelInputs inputs;

  private static ModelInputs smallClassifier() {
    return ModelInputs.of(
        ModelFolder.withConfig(ResourceFolder.smallClassifier()),
        new InputLimits(8000, 2, 512, InputLimits.PLAIN_POSITIONS));
  }

  @BeforeAll
  static void open() {
    inputs = smallClassifier();
  }

  @AfterAll
  static void close() {
    inputs.close();
  }

  private static List<String> surfaces(TokenSequence sequence) {
    return sequence.tokens().stream()
        .map(token -> sequence.text().substring(token.start(), token.end()))
        .toList();
  }

  @Test
  void spansAreTheSurfaceOfTheTokens() {
    TokenSequence sequence = inputs.tokenize("Although this dog is NOT cute, it's smart.");
    assertEquals("[CLS]", sequence.tokens().get(0).text());
    for (Token token : sequence.tokens()) {
      String surface = sequence.text().substring(token.start(), token.end());
      boolean atEnds = token.index() == 0 || token.index() == sequence.size() - 1;
      assertEquals(atEnds, token.special());
      if (!token.special() && !token.text().equals("[UNK]")) {
        assertEquals(token.text().replace("##", ""), surface.toLowerCase(Locale.ROOT));
      }
    }
  }

  @Test
  void spansCountUtf16UnitsBehindEmoji() {
    TokenSequence sequence =
        inputs.tokenize("\uD83D\uDE00 good \uD83D\uDC68\u200D\uD83D\uDC69 film");
    List<String> surfaces = surfaces(sequence);
    assertTrue(surfaces.contains("good"), surfaces.toString());
    assertTrue(surfaces.contains("film"), surfaces.toString());
  }

  @Test
  void spansSurviveCombiningCharacters() {
    TokenSequence sequence = inputs.tokenize("a cafe\u0301 na\u00efve movie");
    List<Word> words = sequence.words();
    assertEquals(
        List.of("a", "cafe\u0301", "na\u00efve", "movie"), words.stream().map(Word::text).toList());
    assertTrue(surfaces(sequence).contains("movie"));
  }

  @Test
  void unknownTokensAreNotSpecial() {
    TokenSequence sequence = inputs.tokenize("good \u6f22 film");
    Token unknown = sequence.tokens().get(2);
    assertEquals("[UNK]", unknown.text());
    assertFalse(unknown.special());
    assertEquals("\u6f22", surfaces(sequence).get(2));
  }

  @Test
  void specialTokensInTheTextHaveTextBehindThem() {
    TokenSequence sequence = inputs.tokenize("a [MASK] film");
    assertEquals("[MASK]", sequence.tokens().get(2).text());
    assertFalse(sequence.tokens().get(2).special());
    assertEquals("[MASK]", surfaces(sequence).get(2));
  }

  @Test
  void emptyAndBlankTextsAreRefused() {
    for (String text : List.of("", " ", "\t\n", "\u200b\u00ad")) {
      Refusals.assertRefused(() -> inputs.tokenize(text), "has no token");
    }
  }

  @Test
  void brokenUnicodeIsRefused() {
    Refusals.assertRefused(() -> inputs.tokenize("good \uD83D film"), "surrogate", "index 5");
  }

  @Test
  void longTextsAreRefusedNotTruncated() {
    assertEquals(512, inputs.tokenize("good ".repeat(510)).size());
    Refusals.assertRefused(
        () -> inputs.tokenize("good ".repeat(511)), "513 tokens > 512", "Nothing was truncated");
  }

  @Test
  void truncationAndPaddingOfTheFileAreSwitchedOff(@TempDir Path folder) throws IOException {
    JsonObject tokenizer =
        JsonParser.parseString(
                Files.readString(ResourceFolder.smallClassifier().resolve("tokenizer.json")))
            .getAsJsonObject();
    tokenizer.add(
        "truncation",
        JsonParser.parseString(
            "{'direction':'Right','max_length':6,'strategy':'LongestFirst','stride':0}"));
    tokenizer.add(
        "padding",
        JsonParser.parseString(
            "{'strategy':{'Fixed':40},'direction':'Right','pad_to_multiple_of':null,'pad_id':0,"
                + "'pad_type_id':0,'pad_token':'[PAD]'}"));
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, tokenizer.toString());
    try (TextTokenizer tokens = new TextTokenizer(file)) {
      assertEquals(12, tokens.tokenize("good good good good good good good good good good").size());
    }
  }

  @Test
  void idsGetTheTextsOfTheVocabulary() {
    TokenSequence text = inputs.tokenize("a good film");
    TokenSequence ids = inputs.sequence(text.ids());
    for (int i = 0; i < text.size(); i++) {
      assertEquals(text.tokens().get(i).text(), ids.tokens().get(i).text());
      assertEquals(text.tokens().get(i).special(), ids.tokens().get(i).special());
      assertEquals(0, ids.tokens().get(i).end());
    }
  }

  @Test
  void specialTokensAreKnownByRole() {
    assertEquals(Map.of("pad", 0, "unk", 1, "cls", 2, "sep", 3, "mask", 4), inputs.specialTokens());
    assertEquals(
        List.of("negative", "positive"),
        ModelFolder.of(ResourceFolder.smallClassifier()).config().labels());
  }

  @Test
  void unigramAndObjectSpellingsAreRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(
        file,
        "{'added_tokens':[{'id':0,'content':'<s>','special':true},{'id':3,'content':'<m>'}],"
                .replace('\'', '"')
            + "\"model\":{\"type\":\"Unigram\",\"vocab\":[[\"<s>\",0.0],[\"\u2581a\",-1.5]]}}");
    Vocabulary vocabulary = Vocabulary.read(file);
    assertEquals(4, vocabulary.size());
    assertEquals("\u2581a", vocabulary.text(1).orElseThrow());
    JsonObject config =
        JsonParser.parseString("{\"mask_token\":{\"content\":\"<m>\"}}").getAsJsonObject();
    assertEquals(Map.of("cls", 0, "mask", 3), vocabulary.specialTokens(config));
  }

  /** Sentence pieces count the space before a word to the word; spans must not. */
  @Test
  void spacesAreNoPartOfASpan(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(
        file,
        "{'version':'1.0','truncation':null,'padding':null,'added_tokens':[],'normalizer':null,"
                .replace('\'', '"')
            + ("'pre_tokenizer':{'type':'Metaspace','replacement':'\u2581',"
                    + "'prepend_scheme':'always','split':true},'post_processor':null,"
                    + "'decoder':null,'model':{'type':'Unigram','unk_id':0,'vocab':[['<u>',0],"
                    + "['\u2581',-2],['\u2581film',-3],['!',-4]]}}")
                .replace('\'', '"'));
    try (TextTokenizer tokenizer = new TextTokenizer(file)) {
      TokenSequence sequence = tokenizer.tokenize("film film !");
      assertEquals(List.of("film", "film", "", "!"), surfaces(sequence));
      assertEquals(
          List.of("film", "film", "!"), sequence.words().stream().map(Word::text).toList());
      Refusals.assertRefused(() -> tokenizer.tokenize("  "), "has no token");
    }
  }

  @Test
  void aDamagedTokenizerIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, "{\"model\":{\"vocab\":{\"a\":0");
    assertThrows(UnusableInputException.class, () -> Vocabulary.read(file));
    Files.writeString(file, "{\"model\":{\"vocab\":{\"a\":0}}}");
    assertEquals(1, Vocabulary.read(file).size());
    try (TextTokenizer tokenizer = new TextTokenizer(file)) {
      Refusals.assertRefused(() -> tokenizer.tokenize("a"), "tokenizer.json", "cannot be used");
    }
  }
}
