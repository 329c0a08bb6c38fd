package org.attentionflow.huggingface;

import static org.attentionflow.testkit.Refusals.assertRefused;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.testkit.ResourceFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tokenizer of another model with a vocabulary of the same size, told by what else is there. */
class TokenizerCheckTest {
  private static final InputLimits LIMITS =
      new InputLimits(8000, 2, 512, InputLimits.PLAIN_POSITIONS);

  @TempDir Path folder;

  private Map<Integer, String> texts;

  /** The small classifier, whose tokenizer is then taken for that of another model. */
  @BeforeEach
  void copyModel() throws IOException {
    for (String name :
        new String[] {
          "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"
        }) {
      Files.copy(ResourceFolder.smallClassifier().resolve(name), folder.resolve(name));
    }
    texts = new TreeMap<>();
    read("tokenizer.json")
        .getAsJsonObject("model")
        .getAsJsonObject("vocab")
        .asMap()
        .forEach((text, id) -> texts.put(id.getAsInt(), text));
  }

  private JsonObject read(String name) throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve(name))).getAsJsonObject();
  }

  private void write(String name, JsonElement json) throws IOException {
    Files.writeString(folder.resolve(name), json.toString());
  }

  private void open() {
    ModelInputs.of(ModelFolder.of(folder), LIMITS).close();
  }

  @Test
  void linesOfWordPieces() throws IOException {
    Path file = folder.resolve("vocab.txt");
    Files.writeString(file, String.join("\r\n", texts.values()) + " \r\n");
    open();
    Files.writeString(file, String.join("\n", texts.values()).replace("\nfilm\n", "\nfootball\n"));
    String differing = "Token " + indexOf("film") + " is 'football' in vocab.txt";
    assertRefused(this::open, differing, "'film' in tokenizer.json", "Maybe");
  }

  @Test
  void idsOfMerges() throws IOException {
    Path file = folder.resolve("vocab.json");
    Files.writeString(file, "{\"film\": 3}");
    open();
    JsonObject tokenizer = read("tokenizer.json");
    tokenizer.getAsJsonObject("model").addProperty("merges", "");
    write("tokenizer.json", tokenizer);
    assertRefused(this::open, "Token 3 is 'film' in vocab.json", "'[SEP]' in tokenizer.json");
    Files.writeString(file, "{\"film\": " + indexOf("film") + ", \"[SEP]\": 3, \"audio\": {}}");
    open();
  }

  @Test
  void namesOfSpecialTokens() throws IOException {
    JsonObject config = read("tokenizer_config.json");
    config.addProperty("mask_token", "<not there>");
    write("tokenizer_config.json", config);
    open();
    config.addProperty("cls_token", "<s>");
    write("tokenizer_config.json", config);
    assertRefused(this::open, "cls_token is '<s>'", "tokenizer.json does not have", "Maybe");
  }

  @Test
  void addedTokens() throws IOException {
    JsonObject config = read("tokenizer_config.json");
    String good = "{'2': {'content': '[CLS]'}, '9999': {'content': '<new>'}}".replace('\'', '"');
    config.add("added_tokens_decoder", JsonParser.parseString(good));
    write("tokenizer_config.json", config);
    open();
    config.add("added_tokens_decoder", JsonParser.parseString(good.replace("\"2\"", "\"3\"")));
    write("tokenizer_config.json", config);
    assertRefused(this::open, "Token 3 is '[CLS]' in tokenizer_config.json", "'[SEP]'");
  }

  @Test
  void specialIds() throws IOException {
    JsonObject config = read("config.json");
    config.addProperty("bos_token_id", 7);
    config.addProperty("pad_token_id", 1);
    write("config.json", config);
    assertRefused(this::open, "pad_token_id is 1", "the id 0", "Maybe");
    config.remove("pad_token_id");
    write("config.json", config);
    open();
  }

  private int indexOf(String text) {
    return texts.entrySet().stream()
        .filter(entry -> entry.getValue().equals(text))
        .findFirst()
        .orElseThrow()
        .getKey();
  }
}
