package org.attentionflow.huggingface;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.attentionflow.failure.UnusableInputException;
import org.jspecify.annotations.Nullable;

/** The tokens of a {@code tokenizer.json} with their ids, read without loading native code. */
final class Vocabulary {
  /** Per role, how the tokenizers of the supported models spell the special token. */
  private static final Map<String, List<String>> SPELLINGS =
      Map.of(
          "cls", List.of("[CLS]", "<s>"),
          "sep", List.of("[SEP]", "</s>"),
          "pad", List.of("[PAD]", "<pad>"),
          "mask", List.of("[MASK]", "<mask>"),
          "unk", List.of("[UNK]", "<unk>"));

  private final Map<Integer, String> texts = new HashMap<>();
  private final Map<String, Integer> added = new HashMap<>();
  private boolean hasWordPieces;
  private boolean hasMerges;
  private int size;

  private Vocabulary() {}

  /** Reads the vocabulary of a tokenizer file. */
  static Vocabulary read(Path file) {
    Vocabulary vocabulary = new Vocabulary();
    try (JsonReader reader = new JsonReader(Files.newBufferedReader(file))) {
      vocabulary.readTokenizer(reader);
    } catch (IOException | IllegalStateException | NumberFormatException | JsonParseException e) {
      throw new UnusableInputException(
          "The file " + file + " is not a usable tokenizer. Maybe it is damaged or incomplete.", e);
    }
    if (vocabulary.texts.isEmpty()) {
      throw new UnusableInputException("The file " + file + " has no vocabulary.");
    }
    return vocabulary;
  }

  /** The number of ids: one more than the largest. */
  int size() {
    return size;
  }

  /** Whether words are cut into pieces of the vocabulary, as BERT's tokenizer does. */
  boolean hasWordPieces() {
    return hasWordPieces;
  }

  /** Whether tokens come from merges of pairs, as those of RoBERTa's tokenizer do. */
  boolean hasMerges() {
    return hasMerges;
  }

  /** Whether some id is spelled so. */
  boolean contains(String text) {
    return texts.containsValue(text);
  }

  /** How the vocabulary spells an id. */
  Optional<String> text(int id) {
    return Optional.ofNullable(texts.get(id));
  }

  /**
   * The ids of the special tokens by role.
   *
   * @param tokenizerConfig the entries of {@code tokenizer_config.json}, which name them; null if
   *     there is none, in which case usual spellings are looked for
   */
  Map<String, Integer> specialTokens(@Nullable JsonObject tokenizerConfig) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> role : SPELLINGS.entrySet()) {
      Optional<String> named = named(tokenizerConfig, role.getKey() + "_token");
      List<String> spellings = named.map(List::of).orElse(role.getValue());
      spellings.stream()
          .filter(added::containsKey)
          .findFirst()
          .ifPresent(spelling -> ids.put(role.getKey(), added.get(spelling)));
    }
    return ids;
  }

  /** An entry that is either a text or an object with the text as its content. */
  static Optional<String> named(@Nullable JsonObject config, String key) {
    JsonElement entry = config == null ? null : config.get(key);
    if (entry != null && entry.isJsonObject()) {
      entry = entry.getAsJsonObject().get("content");
    }
    return Optional.ofNullable(entry)
        .filter(JsonElement::isJsonPrimitive)
        .map(JsonElement::getAsString);
  }

  private void readTokenizer(JsonReader reader) throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.nextName()) {
        case "added_tokens" -> readAddedTokens(reader);
        case "model" -> readModel(reader);
        default -> reader.skipValue();
      }
    }
    reader.endObject();
  }

  private void readModel(JsonReader reader) throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      hasWordPieces |= name.equals("max_input_chars_per_word");
      hasMerges |= name.equals("merges");
      if (!name.equals("vocab")) {
        reader.skipValue();
      } else if (reader.peek() == JsonToken.BEGIN_ARRAY) {
        readPieces(reader);
      } else {
        readIds(reader);
      }
    }
    reader.endObject();
  }

  /** The vocabulary of a unigram model: [piece, score] in the order of the ids. */
  private void readPieces(JsonReader reader) throws IOException {
    reader.beginArray();
    for (int id = 0; reader.hasNext(); id++) {
      reader.beginArray();
      put(id, reader.nextString());
      reader.skipValue();
      reader.endArray();
    }
    reader.endArray();
  }

  /** The vocabulary of the other models: the id of each token. */
  private void readIds(JsonReader reader) throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      String text = reader.nextName();
      put(reader.nextInt(), text);
    }
    reader.endObject();
  }

  private void readAddedTokens(JsonReader reader) throws IOException {
    reader.beginArray();
    while (reader.hasNext()) {
      int id = -1;
      String text = "";
      reader.beginObject();
      while (reader.hasNext()) {
        switch (reader.nextName()) {
          case "id" -> id = reader.nextInt();
          case "content" -> text = reader.nextString();
          default -> reader.skipValue();
        }
      }
      reader.endObject();
      put(id, text);
      added.put(text, id);
    }
    reader.endArray();
  }

  private void put(int id, String text) {
    texts.put(id, text);
    size = Math.max(size, id + 1);
  }
}
