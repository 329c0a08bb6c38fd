package org.attentionflow.formats.network;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.tensor.Matrix;

/**
 * Reads capacity [layer][query][key] row by row. Memory grows with what has been read, never with
 * what the file promises.
 */
final class CapacityReader {
  private final String file;
  private final JsonReader json;
  private int tokens = -1;
  private int layer;
  private int query;

  CapacityReader(String file, JsonReader json) {
    this.file = file;
    this.json = json;
  }

  /** The layers, at least one, all square and of one size. */
  List<Matrix> read() throws IOException {
    // NaN and Infinity are not JSON. Only a lenient reader hands them over, so that the message can
    // name their place; every value is checked below.
    json.setStrictness(Strictness.LENIENT);
    List<Matrix> layers = new ArrayList<>();
    begin("capacity");
    for (layer = 0; json.hasNext(); layer++) {
      layers.add(readLayer());
    }
    json.endArray();
    json.setStrictness(Strictness.STRICT);
    if (layers.isEmpty()) {
      throw new UnusableInputException(file + ": capacity has no layer.");
    }
    return layers;
  }

  private Matrix readLayer() throws IOException {
    begin("layer " + layer);
    List<double[]> rows = new ArrayList<>();
    for (query = 0; json.hasNext(); query++) {
      if (tokens >= 0 && query == tokens) {
        throw new UnusableInputException(
            file + ": layer " + layer + " has more queries than keys (" + tokens + ").");
      }
      rows.add(readRow());
    }
    json.endArray();
    if (rows.isEmpty() || rows.size() != tokens) {
      throw new UnusableInputException(
          file
              + ": layer "
              + layer
              + " has "
              + rows.size()
              + " queries, but "
              + Math.max(tokens, 0)
              + " keys; it must have as many, and at least one.");
    }
    return Matrix.ofRows(rows.toArray(double[][]::new));
  }

  private double[] readRow() throws IOException {
    begin("layer " + layer + ", query " + query);
    double[] row = new double[tokens < 0 ? 16 : tokens];
    int keys = 0;
    for (; json.hasNext(); keys++) {
      if (keys == row.length) {
        row = Arrays.copyOf(row, Math.multiplyExact(2, keys));
      }
      row[keys] = readCapacity(keys);
    }
    json.endArray();
    if (tokens < 0) {
      tokens = keys;
    }
    if (keys != tokens || keys == 0) {
      throw new UnusableInputException(
          file
              + ": layer "
              + layer
              + ", query "
              + query
              + " has "
              + keys
              + (keys == 0 ? " keys." : " keys; the first row has " + tokens + "."));
    }
    return row.length == keys ? row : Arrays.copyOf(row, keys);
  }

  private double readCapacity(int key) throws IOException {
    JsonToken kind = json.peek();
    if (kind == JsonToken.NUMBER) {
      double capacity = json.nextDouble();
      if (capacity >= 0 && capacity < Double.POSITIVE_INFINITY) {
        return capacity;
      }
      throw unusable(key, Double.toString(capacity));
    }
    throw unusable(
        key,
        switch (kind) {
          case STRING -> Excerpt.of(json.nextString());
          case NULL -> "null";
          case BOOLEAN -> Boolean.toString(json.nextBoolean());
          case BEGIN_ARRAY -> "an array";
          default -> "an object";
        });
  }

  private UnusableInputException unusable(int key, String value) {
    return new UnusableInputException(
        file
            + ": the capacity ("
            + value
            + ") of layer "
            + layer
            + ", query "
            + query
            + ", key "
            + key
            + " must be a finite number, not negative.");
  }

  private void begin(String what) throws IOException {
    if (json.peek() != JsonToken.BEGIN_ARRAY) {
      throw new UnusableInputException(
          file + ": " + what + " must be an array: capacity is [layer][query][key].");
    }
    json.beginArray();
  }
}
