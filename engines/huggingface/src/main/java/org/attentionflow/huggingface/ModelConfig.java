package org.attentionflow.huggingface;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.attentionflow.failure.UnusableInputException;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a {@code config.json}, with messages that name the entry that is missing or of the
 * wrong kind.
 */
public final class ModelConfig {
  private static final int MOST_LABELS = 1_000_000;

  private final String file;
  private final JsonObject entries;

  /**
   * A configuration.
   *
   * @param file what messages call it
   * @param entries what it says
   */
  public ModelConfig(String file, JsonObject entries) {
    this.file = file;
    this.entries = entries;
  }

  /** A number of at least one that has to be there. */
  public int count(String key) {
    if (find(key) == null) {
      throw wrong(key, "is missing");
    }
    return count(key, 0);
  }

  /** A number of at least one, or the default if there is none. */
  public int count(String key, int byDefault) {
    int value = integer(key, byDefault);
    if (value < 1) {
      throw wrong(key, "is " + value + " and must be at least 1");
    }
    return value;
  }

  /** A whole number, or the default if there is none. */
  public int integer(String key, int byDefault) {
    double value = number(key, byDefault);
    if (value != (int) value) {
      throw wrong(key, "is " + value + " and must be a whole number");
    }
    return (int) value;
  }

  /** A number, or the default if there is none. */
  public double number(String key, double byDefault) {
    JsonPrimitive value = find(key);
    if (value == null) {
      return byDefault;
    }
    try {
      return value.getAsDouble();
    } catch (NumberFormatException notANumber) {
      throw wrong(key, "is '" + value.getAsString() + "' and must be a number");
    }
  }

  /** A text, or the default if there is none. */
  public String text(String key, String byDefault) {
    JsonPrimitive value = find(key);
    return value == null ? byDefault : value.getAsString();
  }

  /** Whether an entry is there and true. */
  public boolean flag(String key) {
    JsonPrimitive value = find(key);
    return value != null && value.getAsBoolean();
  }

  /** The configuration of a model that comes without one: every entry has its default. */
  public static ModelConfig none() {
    return new ModelConfig("config.json", new JsonObject());
  }

  /** Whether there is an entry, of any kind. */
  public boolean has(String key) {
    return entries.has(key);
  }

  /**
   * Whether a number of heads can be that of a layer: the number the file names or, where some were
   * pruned or the type divides them, fewer.
   *
   * @param named the number of heads in the file
   */
  public boolean allowsHeads(int named, int heads) {
    boolean isPruned =
        entries.get("pruned_heads") instanceof JsonObject pruned && !pruned.isEmpty();
    return heads == named || (heads < named && (isPruned || has("head_ratio")));
  }

  /** The class names under {@code architectures}; empty if the file does not say. */
  public List<String> architectures() {
    List<String> names = new ArrayList<>();
    if (entries.get("architectures") instanceof JsonArray list) {
      list.asList().stream()
          .filter(JsonElement::isJsonPrimitive)
          .forEach(name -> names.add(name.getAsString()));
    }
    return names;
  }

  /** The names of the classes in the order of the logits. */
  public List<String> labels() {
    Optional<JsonObject> names =
        Optional.ofNullable(entries.get("id2label"))
            .filter(JsonElement::isJsonObject)
            .map(JsonElement::getAsJsonObject);
    int count = names.map(JsonObject::size).orElseGet(() -> count("num_labels", 2));
    if (count < 1 || count > MOST_LABELS) {
      throw wrong("id2label", "names " + count + " classes");
    }
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String key = String.valueOf(i);
      labels.add(
          names
              .map(all -> all.get(key))
              .filter(JsonElement::isJsonPrimitive)
              .map(JsonElement::getAsString)
              .orElse("LABEL_" + i));
    }
    return labels;
  }

  /** Complains of an entry. */
  public UnusableInputException wrong(String key, String complaint) {
    return new UnusableInputException("In " + file + ", " + key + " " + complaint + ".");
  }

  private @Nullable JsonPrimitive find(String key) {
    JsonElement value = entries.get(key);
    if (value == null || value.isJsonNull()) {
      return null;
    }
    if (!value.isJsonPrimitive()) {
      throw wrong(key, "must be a single value");
    }
    return value.getAsJsonPrimitive();
  }
}
