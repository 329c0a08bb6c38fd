package org.attentionflow.huggingface;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.attentionflow.failure.UnusableInputException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a {@code tokenizer.json} over which the native library would end the whole process. Most
 * mistakes it reports; these it does not, and Java cannot catch what it does instead:
 *
 * <ul>
 *   <li>a table of characters ({@code Precompiled}) that is none, see {@link CharacterTable};
 *   <li>a template that adds a special token it does not describe, or reads a second text;
 *   <li>pieces of a length of 0;
 *   <li>merges whose second part is shorter than the prefix it is said to have.
 * </ul>
 *
 * Replacements that make far more of a text than it was are refused, too. Regular expressions may
 * still take very long: they are programs.
 */
final class NativeTokenizerCheck {
  private static final String PREFIX = "continuing_subword_prefix";
  private static final String MERGES = "merges";

  /** How many characters replacements may make of one; those of real tokenizers make a few. */
  private static final double MOST_GROWTH = 10_000;

  private final Path file;
  private double growth = 1;
  private boolean hasPrefix;
  private boolean hasMerges;

  private NativeTokenizerCheck(Path file) {
    this.file = file;
  }

  /**
   * Checks a file.
   *
   * @throws UnusableInputException if the native library must not see it
   */
  static void run(Path file) {
    new NativeTokenizerCheck(file).run();
  }

  private void run() {
    try (JsonReader reader = new JsonReader(Files.newBufferedReader(file))) {
      reader.beginObject();
      while (reader.hasNext()) {
        switch (reader.nextName()) {
          case "normalizer", "pre_tokenizer", "post_processor" ->
              checkAll(JsonParser.parseReader(reader));
          case "model" -> lookAtModel(reader);
          default -> reader.skipValue();
        }
      }
    } catch (IOException | IllegalStateException | NumberFormatException | JsonParseException e) {
      throw new UnusableInputException(
          "The file " + file + " is not a usable tokenizer. Maybe it is damaged or incomplete.", e);
    }
    if (hasPrefix && hasMerges) {
      checkMerges();
    }
  }

  /** The vocabulary is large; most models need no second look. */
  private void lookAtModel(JsonReader reader) throws IOException {
    if (reader.peek() != JsonToken.BEGIN_OBJECT) {
      reader.skipValue();
      return;
    }
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      hasMerges |= name.equals(MERGES);
      if (name.equals(PREFIX) && reader.peek() == JsonToken.STRING) {
        hasPrefix |= !reader.nextString().isEmpty();
      } else {
        reader.skipValue();
      }
    }
    reader.endObject();
  }

  /** Every object, however deep it stands in lists of steps. */
  private void checkAll(JsonElement root) {
    Deque<JsonElement> open = new ArrayDeque<>();
    open.add(root);
    while (!open.isEmpty()) {
      JsonElement next = open.pop();
      if (next instanceof JsonObject object) {
        checkStep(object);
        object.asMap().values().forEach(open::add);
      } else if (next instanceof JsonArray array) {
        array.forEach(open::add);
      }
    }
  }

  private void checkStep(JsonObject step) {
    String type = text(step, "type");
    if ("Precompiled".equals(type) || step.has(CharacterTable.KEY)) {
      String table = text(step, CharacterTable.KEY);
      if (table == null || !CharacterTable.isSound(table)) {
        throw refused("its table of characters (" + CharacterTable.KEY + ") is none");
      }
    }
    String length = text(step, "length");
    if ("FixedLength".equals(type) && length != null && length.matches("[-+0.]+(e.*)?")) {
      throw refused("it cuts texts in pieces of the length " + length);
    }
    checkGrowth(step, type);
    if (step.get("single") instanceof JsonArray template) {
      JsonObject special =
          step.get("special_tokens") instanceof JsonObject tokens ? tokens : new JsonObject();
      template.forEach(piece -> checkPiece(piece, special));
    }
  }

  /** Replacements follow one another: what one of them makes, the next one replaces. */
  private void checkGrowth(JsonObject step, @Nullable String type) {
    String content = text(step, "content");
    if ("Replace".equals(type) && content != null) {
      String replaced =
          step.get("pattern") instanceof JsonObject pattern ? text(pattern, "String") : null;
      // A regular expression may match between any two characters.
      growth *=
          replaced == null
              ? content.length() + 1.0
              : Math.max(1, (double) content.length() / Math.max(1, replaced.length()));
    }
    String added = text(step, "prepend");
    boolean isLong = added != null && added.length() > MOST_GROWTH;
    if (growth > MOST_GROWTH || isLong) {
      throw refused("its replacements make more than " + (int) MOST_GROWTH + " characters of one");
    }
  }

  private void checkPiece(JsonElement piece, JsonObject special) {
    if (!(piece instanceof JsonObject entry)) {
      return;
    }
    if (entry.get("Sequence") instanceof JsonObject sequence && "B".equals(text(sequence, "id"))) {
      throw refused("its template for one text reads a second one");
    }
    if (entry.get("SpecialToken") instanceof JsonObject added) {
      String id = text(added, "id");
      boolean isDescribed =
          special.get(String.valueOf(id)) instanceof JsonObject token
              && token.get("ids") instanceof JsonArray ids
              && token.get("tokens") instanceof JsonArray tokens
              && ids.size() == tokens.size();
      if (!isDescribed) {
        throw refused("its template adds the special token " + id + ", which it does not describe");
      }
    }
  }

  /** "a b" or ["a", "b"]: what is merged to a word's beginning is spelled with the prefix. */
  private void checkMerges() {
    if (!(ModelFolder.readJson(file).get("model") instanceof JsonObject model)
        || !(model.get(MERGES) instanceof JsonArray merges)) {
      return;
    }
    String prefix = String.valueOf(text(model, PREFIX));
    for (JsonElement merge : merges) {
      String second = second(merge);
      if (!second.startsWith(prefix)) {
        throw refused("the second part of its merge " + merge + " lacks the prefix " + prefix);
      }
    }
  }

  private static String second(JsonElement merge) {
    if (merge instanceof JsonArray pair && pair.size() == 2 && pair.get(1).isJsonPrimitive()) {
      return pair.get(1).getAsString();
    }
    String both = merge.isJsonPrimitive() ? merge.getAsString() : "";
    return both.substring(both.indexOf(' ') + 1);
  }

  private static @Nullable String text(JsonObject object, String key) {
    JsonElement value = object.get(key);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : null;
  }

  private UnusableInputException refused(String why) {
    return new UnusableInputException(
        "The tokenizer " + file + " cannot be used: " + why + ". Maybe it is damaged.");
  }
}
