package org.attentionflow.evaluation.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.attentionflow.failure.UnusableInputException;

/** Where two trees of JSON differ. Not thread-safe. */
public final class JsonDiff {
  /**
   * A difference.
   *
   * @param path where it is: keys with dots between them, places in brackets
   * @param left what the one tree has there; null if nothing
   * @param right what the other has
   */
  public record Difference(String path, JsonElement left, JsonElement right) {
    /** On one line; long values are cut. */
    public String line() {
      return path + ": " + brief(left) + " -> " + brief(right);
    }
  }

  private final double tolerance;
  private final List<Difference> differences = new ArrayList<>();
  private double largest;

  /**
   * Starts a comparison.
   *
   * @param tolerance the difference of two numbers that counts as none, absolute for numbers below
   *     1 and relative above
   * @throws UnusableInputException if it is negative or not a number
   */
  public JsonDiff(double tolerance) {
    if (!(tolerance >= 0)) {
      throw new UnusableInputException("A tolerance is at least 0, but it is " + tolerance + ".");
    }
    this.tolerance = tolerance;
  }

  /** Compares two trees; the paths of what differs begin with a name. */
  public JsonDiff compare(String path, JsonElement left, JsonElement right) {
    if (left instanceof JsonObject one && right instanceof JsonObject other) {
      Set<String> keys = new TreeSet<>(one.keySet());
      keys.addAll(other.keySet());
      for (String key : keys) {
        compare(path.isEmpty() ? key : path + "." + key, get(one, key), get(other, key));
      }
    } else if (left instanceof JsonArray one
        && right instanceof JsonArray other
        && one.size() == other.size()) {
      for (int i = 0; i < one.size(); i++) {
        compare(path + "[" + i + "]", one.get(i), other.get(i));
      }
    } else if (isNumber(left) && isNumber(right)) {
      numbers(path, left, right);
    } else if (!left.equals(right)) {
      differences.add(new Difference(path, left, right));
    }
    return this;
  }

  private void numbers(String path, JsonElement one, JsonElement other) {
    double left = one.getAsDouble();
    double difference = Math.abs(left - other.getAsDouble()) / Math.max(1, Math.abs(left));
    largest = Math.max(largest, difference);
    if (!(difference <= tolerance)) {
      differences.add(new Difference(path, one, other));
    }
  }

  private static JsonElement get(JsonObject object, String key) {
    return object.has(key) ? object.get(key) : JsonNull.INSTANCE;
  }

  private static boolean isNumber(JsonElement element) {
    return element instanceof JsonPrimitive primitive && primitive.isNumber();
  }

  private static String brief(JsonElement element) {
    String text = JsonTree.compact(element);
    return text.length() <= 80 ? text : text.substring(0, 79) + "…";
  }

  /** The differences in the order of the paths. */
  public List<Difference> differences() {
    return List.copyOf(differences);
  }

  /** One line per difference. */
  public List<String> lines() {
    return differences.stream().map(Difference::line).toList();
  }

  /** The largest difference of two numbers, tolerated or not. */
  public double largest() {
    return largest;
  }
}
