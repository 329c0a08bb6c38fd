package org.attentionflow.evaluation.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.formats.json.ShortestDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Trees of JSON whose text is the same on every run and every Java version. Numbers are the
 * shortest decimals that read back as the same double; what is not a finite number is null.
 */
public final class JsonTree {
  private static final Gson COMPACT =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();
  private static final Gson PRETTY =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().setPrettyPrinting().create();

  private JsonTree() {}

  /**
   * The tree of a value: text, number, truth, null, a collection, an array of doubles, or a map,
   * whose keys are sorted.
   */
  public static JsonElement of(@Nullable Object value) {
    if (value == null) {
      return JsonNull.INSTANCE;
    }
    if (value instanceof JsonElement element) {
      return element;
    }
    if (value instanceof Double || value instanceof Float) {
      return number(((Number) value).doubleValue());
    }
    if (value instanceof Number number) {
      return new JsonPrimitive(number);
    }
    if (value instanceof Boolean truth) {
      return new JsonPrimitive(truth);
    }
    if (value instanceof double[] numbers) {
      return numbers(numbers);
    }
    if (value instanceof Collection<?> items) {
      JsonArray array = new JsonArray();
      items.forEach(item -> array.add(of(item)));
      return array;
    }
    if (value instanceof Map<?, ?> entries) {
      TreeMap<String, JsonElement> sorted = new TreeMap<>();
      entries.forEach((key, item) -> sorted.put(String.valueOf(key), of(item)));
      JsonObject object = new JsonObject();
      sorted.forEach(object::add);
      return object;
    }
    return new JsonPrimitive(value.toString());
  }

  /** A number, or null if it is not finite. */
  public static JsonElement number(double value) {
    return Double.isFinite(value)
        ? new JsonPrimitive(new BigDecimal(ShortestDecimal.of(value)))
        : JsonNull.INSTANCE;
  }

  /** An array of numbers. */
  public static JsonArray numbers(double[] values) {
    JsonArray array = new JsonArray(values.length);
    for (double value : values) {
      array.add(number(value));
    }
    return array;
  }

  /** The numbers of an array; null becomes NaN. */
  public static double[] doubles(JsonElement array) {
    JsonArray items = array.getAsJsonArray();
    double[] values = new double[items.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = items.get(i).isJsonNull() ? Double.NaN : items.get(i).getAsDouble();
    }
    return values;
  }

  /** On one line, without a line break at its end. */
  public static String compact(JsonElement element) {
    return COMPACT.toJson(element);
  }

  /** On indented lines, the last one ended. */
  public static String pretty(JsonElement element) {
    return PRETTY.toJson(element) + "\n";
  }

  /**
   * Reads an object.
   *
   * @param source what the text is called in messages
   * @throws UnusableInputException if it is not one
   */
  public static JsonObject object(String text, String source) {
    try {
      return JsonParser.parseString(text).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new UnusableInputException(source + " is not a JSON object.", e);
    }
  }
}
