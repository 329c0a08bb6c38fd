package org.attentionflow.huggingface;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.attentionflow.failure.UnusableInputException;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a {@code config.json}, with messages that name the entry that is missing or of the
 * wrong kind.
 */
public final class ModelConfig {
  private static final int MOST_LABELS = 1_000_000;

  /** More than any layer is wide. */
  private static final int MOST_WIDTH = 1 << 24;

  /** What types of models call the number of their layers. */
  private static final List<String> LAYER_COUNTS =
      List.of("num_hidden_layers", "n_layers", "n_layer", "num_layers");

  /** What types of models call the number of heads of a layer. */
  private static final List<String> HEAD_COUNTS =
      List.of("num_attention_heads", "n_heads", "n_head", "num_heads");

  /** What types of models call the width of the hidden states. */
  private static final List<String> HIDDEN_SIZES =
      List.of("hidden_size", "dim", "n_embd", "d_model");

  /** What types of models call the width between the two products of a feed-forward network. */
  private static final List<String> INNER_SIZES =
      List.of("intermediate_size", "hidden_dim", "n_inner", "d_ff", "ffn_dim", "encoder_ffn_dim");

  /** What types of models call the number of positions that they have vectors for. */
  private static final List<String> POSITION_COUNTS =
      List.of("max_position_embeddings", "n_positions", "n_ctx");

  /** Types of models whose positions count from behind the id of the padding. */
  private static final Set<String> POSITIONS_BEHIND_PADDING =
      Set.of(
          "camembert",
          "data2vec-text",
          "ibert",
          "longformer",
          "mpnet",
          "roberta",
          "roberta-prelayernorm",
          "xlm-roberta",
          "xlm-roberta-xl",
          "xmod");

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

  /**
   * The number of at least one under the first of some keys that has a value; empty if none has.
   */
  public OptionalInt firstCount(List<String> keys) {
    return keys.stream().filter(this::hasValue).mapToInt(this::count).findFirst();
  }

  /** The number of layers, whatever the type of model calls it; empty if the file does not say. */
  public OptionalInt layerCount() {
    return firstCount(LAYER_COUNTS);
  }

  /**
   * The number of heads of a layer, whatever the type of model calls it; empty if the file does not
   * say.
   */
  public OptionalInt headCount() {
    return firstCount(HEAD_COUNTS);
  }

  /** The width of the hidden states, whatever it is called; empty if the file does not say. */
  public OptionalInt hiddenSize() {
    return width(HIDDEN_SIZES);
  }

  /**
   * The width of the feed-forward networks, whatever it is called: four times that of the hidden
   * states if the file does not say.
   *
   * @param hiddenSize the width of the hidden states
   */
  public int innerSize(int hiddenSize) {
    return width(INNER_SIZES).orElse((int) Math.min(Integer.MAX_VALUE, 4L * hiddenSize));
  }

  private OptionalInt width(List<String> keys) {
    OptionalInt width = firstCount(keys);
    if (width.isPresent() && width.getAsInt() > MOST_WIDTH) {
      String key = keys.stream().filter(this::hasValue).findFirst().orElseThrow();
      throw wrong(key, "is " + width.getAsInt() + ", wider than any layer");
    }
    return width;
  }

  /**
   * The id behind which positions start to count, as RoBERTa's do, or {@link
   * InputLimits#PLAIN_POSITIONS}.
   */
  public int paddingBeforePositions() {
    boolean isBehind = POSITIONS_BEHIND_PADDING.contains(text("model_type", ""));
    if (!isBehind) {
      return InputLimits.PLAIN_POSITIONS;
    }
    int padding = integer("pad_token_id", 1);
    if (padding < 0) {
      throw wrong("pad_token_id", "is " + padding + " and must not be negative");
    }
    return padding;
  }

  /**
   * The most tokens that there are positions for.
   *
   * @param rows the rows of the table of positions, or {@link InputLimits#UNKNOWN}; the file may
   *     say less, under any name
   * @return {@link InputLimits#UNKNOWN} if neither says
   * @throws UnusableInputException if no position is left for a token
   */
  public int maximumTokens(int rows) {
    int positions = Math.min(rows, firstCount(POSITION_COUNTS).orElse(InputLimits.UNKNOWN));
    int padding = paddingBeforePositions();
    if (positions == InputLimits.UNKNOWN || padding == InputLimits.PLAIN_POSITIONS) {
      return positions;
    }
    if (padding >= positions - 1) {
      throw wrong("pad_token_id", "is " + padding + ", which leaves no positions");
    }
    return positions - padding - 1;
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
   * Checks that a number of heads can be that of a layer: the number the file names or, where some
   * were pruned or the type divides them, fewer. A file that names none allows any.
   *
   * @param heads the number of heads that the model has
   * @param kind what kind of file has them, such as archive or graph
   * @throws UnusableInputException if it cannot
   */
  public void checkHeads(int heads, String kind) {
    int named = headCount().orElse(heads);
    boolean isPruned =
        entries.get("pruned_heads") instanceof JsonObject pruned && !pruned.isEmpty();
    if (heads > named || (heads < named && !isPruned && !has("head_ratio"))) {
      String key = HEAD_COUNTS.stream().filter(this::hasValue).findFirst().orElseThrow();
      throw wrong(key, "is " + named + ", but the " + kind + " has " + heads);
    }
  }

  /**
   * Refuses an encoder–decoder.
   *
   * @param kind what kind of file would be one, such as archive or graph
   * @throws UnusableInputException if the file says that it is
   */
  public void checkNoEncoderDecoder(String kind) {
    if (flag("is_encoder_decoder")) {
      throw wrong(
          "is_encoder_decoder",
          "is set: encoder-decoders are not supported, and the " + kind + " is one");
    }
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

  /** Whether the file says how many classes there are, with or without their names. */
  public boolean namesLabels() {
    return names().isPresent() || hasValue("num_labels");
  }

  /**
   * The names of the classes in the order of the logits; LABEL_0, LABEL_1 and so on if the file
   * says nothing of classes.
   *
   * @param logitCount the number of logits that the model has
   * @param kind what kind of file has them, such as archive or graph
   * @throws UnusableInputException if the file names more classes or fewer
   */
  public List<String> labels(int logitCount, String kind) {
    if (logitCount > MOST_LABELS) {
      throw new UnusableInputException(
          "The " + kind + " claims " + logitCount + " logits, more than any classifier has.");
    }
    if (!namesLabels()) {
      return IntStream.range(0, logitCount).mapToObj(ModelConfig::unnamed).toList();
    }
    List<String> labels = labels();
    if (labels.size() != logitCount) {
      throw wrong(
          "id2label",
          ("names " + labels.size() + " classes, but the " + kind + " has " + logitCount)
              + " logits. Maybe it is that of another model");
    }
    return labels;
  }

  /** The names of the classes in the order of the logits. */
  public List<String> labels() {
    Optional<JsonObject> names = names();
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
              .orElse(unnamed(i)));
    }
    return labels;
  }

  /** What stands under id2label. */
  private Optional<JsonObject> names() {
    JsonElement names = entries.get("id2label");
    if (names == null || names.isJsonNull()) {
      return Optional.empty();
    }
    if (!(names instanceof JsonObject object)) {
      throw wrong("id2label", "must be an object that names each class");
    }
    return Optional.of(object);
  }

  private static String unnamed(int label) {
    return "LABEL_" + label;
  }

  /** Complains of an entry. */
  public UnusableInputException wrong(String key, String complaint) {
    return new UnusableInputException("In " + file + ", " + key + " " + complaint + ".");
  }

  private boolean hasValue(String key) {
    return find(key) != null;
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
