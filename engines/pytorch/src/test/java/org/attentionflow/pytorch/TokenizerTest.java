package org.attentionflow.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;
import org.attentionflow.token.Word;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of real text with the word pieces of the small classifier. */
class TokenizerTest {
  private static PytorchSession session;

  /** The folder of the small classifier; inside a jar if that is how the module is there. */
  static Path model() {
    URL config =
        Objects.requireNonNull(
            TokenizerTest.class.getResource("/org/attentionflow/model/sst2-tiny/config.json"));
    try {
      URI place = config.toURI();
      if (place.getScheme().equals("jar")) {
        openJar(place);
      }
      return Objects.requireNonNull(Path.of(place).getParent());
    } catch (IOException | URISyntaxException failure) {
      throw new AssertionError(failure);
    }
  }

  /** Opens the file system of a jar, which stays open until the tests end. */
  private static synchronized void openJar(URI place) throws IOException {
    try {
      FileSystems.getFileSystem(place);
    } catch (FileSystemNotFoundException notYet) {
      FileSystems.newFileSystem(place, Map.of());
    }
  }

  @BeforeAll
  static void open() {
    session = PytorchEngine.openSession(model(), EngineSettings.defaults());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static List<String> surfaces(TokenSequence sequence) {
    return sequence.tokens().stream()
        .map(token -> sequence.text().substring(token.start(), token.end()))
        .toList();
  }

  @Test
  void spansAreTheSurfaceOfTheTokens() {
    TokenSequence sequence = session.tokenize("Although this dog is NOT cute, it's smart.");
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
        session.tokenize("\uD83D\uDE00 good \uD83D\uDC68\u200D\uD83D\uDC69 film");
    List<String> surfaces = surfaces(sequence);
    assertTrue(surfaces.contains("good"), surfaces.toString());
    assertTrue(surfaces.contains("film"), surfaces.toString());
  }

  @Test
  void spansSurviveCombiningCharacters() {
    TokenSequence sequence = session.tokenize("a cafe\u0301 na\u00efve movie");
    List<Word> words = sequence.words();
    assertEquals(
        List.of("a", "cafe\u0301", "na\u00efve", "movie"), words.stream().map(Word::text).toList());
    assertTrue(surfaces(sequence).contains("movie"));
  }

  @Test
  void unknownTokensAreNotSpecial() {
    TokenSequence sequence = session.tokenize("good \u6f22 film");
    Token unknown = sequence.tokens().get(2);
    assertEquals("[UNK]", unknown.text());
    assertFalse(unknown.special());
    assertEquals("\u6f22", surfaces(sequence).get(2));
  }

  @Test
  void specialTokensInTheTextHaveTextBehindThem() {
    TokenSequence sequence = session.tokenize("a [MASK] film");
    assertEquals("[MASK]", sequence.tokens().get(2).text());
    assertFalse(sequence.tokens().get(2).special());
    assertEquals("[MASK]", surfaces(sequence).get(2));
  }

  @Test
  void emptyAndBlankTextsAreRefused() {
    for (String text : List.of("", " ", "\t\n", "\u200b\u00ad")) {
      Refusals.assertRefused(() -> session.tokenize(text), "has no token");
    }
  }

  @Test
  void brokenUnicodeIsRefused() {
    Refusals.assertRefused(() -> session.tokenize("good \uD83D film"), "surrogate", "index 5");
  }

  @Test
  void longTextsAreRefusedNotTruncated() {
    assertEquals(512, session.tokenize("good ".repeat(510)).size());
    Refusals.assertRefused(
        () -> session.tokenize("good ".repeat(511)), "513 tokens > 512", "Nothing was truncated");
  }

  @Test
  void truncationAndPaddingOfTheFileAreSwitchedOff(@TempDir Path folder) throws IOException {
    JsonObject tokenizer =
        JsonParser.parseString(Files.readString(model().resolve("tokenizer.json")))
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
    TokenSequence text = session.tokenize("a good film");
    TokenSequence ids = session.sequence(text.ids());
    for (int i = 0; i < text.size(); i++) {
      assertEquals(text.tokens().get(i).text(), ids.tokens().get(i).text());
      assertEquals(text.tokens().get(i).special(), ids.tokens().get(i).special());
      assertEquals(0, ids.tokens().get(i).end());
    }
  }

  @Test
  void specialTokensAreKnownByRole() {
    assertEquals(
        Map.of("pad", 0, "unk", 1, "cls", 2, "sep", 3, "mask", 4), session.model().specialTokens());
    assertEquals(List.of("negative", "positive"), session.model().labels());
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
