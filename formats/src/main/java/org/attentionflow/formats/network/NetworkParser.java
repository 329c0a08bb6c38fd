package org.attentionflow.formats.network;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.tensor.Matrix;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one network file, in any order. */
final class NetworkParser {
  private final String file;
  private final JsonReader json;

  private String name;
  private boolean backward = true;
  private double scale = 1;
  private @Nullable List<Matrix> layers;
  private Terminals terminals = Terminals.open();
  private OptionalDouble returnCapacity = OptionalDouble.empty();
  private OptionalDouble barrierParameter = OptionalDouble.empty();
  private OptionalDouble relativeBarrierParameter = OptionalDouble.empty();
  private OptionalDouble layerCount = OptionalDouble.empty();
  private OptionalDouble tokenCount = OptionalDouble.empty();

  NetworkParser(String file, JsonReader json) {
    this.file = file;
    this.json = json;
    this.name = file.endsWith(".json") ? file.substring(0, file.length() - 5) : file;
    json.setStrictness(Strictness.STRICT);
  }

  StoredNetwork parse() {
    try {
      readFields();
      if (json.peek() != JsonToken.END_DOCUMENT) {
        throw unusable("there is something behind the network.");
      }
    } catch (EOFException e) {
      throw new UnusableInputException(
          file + ": the file ends before the network does. Maybe it was cut off.", e);
    } catch (MalformedJsonException | IllegalStateException | NumberFormatException e) {
      throw new UnusableInputException(
          file + ": not JSON, or not a network, at " + Excerpt.of(json.getPath()) + ".", e);
    } catch (IOException e) {
      throw new UnusableInputException(file + ": cannot be read: " + Excerpt.of(e) + ".", e);
    }
    return assemble();
  }

  private void readFields() throws IOException {
    if (json.peek() != JsonToken.BEGIN_OBJECT) {
      throw unusable("a network is a JSON object with the field \"capacity\".");
    }
    json.beginObject();
    while (json.hasNext()) {
      readField(json.nextName());
    }
    json.endObject();
  }

  private void readField(String field) throws IOException {
    switch (field) {
      case "name" -> name = string(field);
      case "orientation" -> backward = isBackward(string(field));
      case "capacity" -> readLayers();
      case "terminalCapacity" -> terminals = readTerminals();
      case "returnCapacity" -> returnCapacity = OptionalDouble.of(capacity(field));
      case "barrierParameter" -> barrierParameter = OptionalDouble.of(positive(field));
      case "relativeBarrierParameter" ->
          relativeBarrierParameter = OptionalDouble.of(positive(field));
      case "scale" -> scale = positive(field);
      case "layers" -> layerCount = OptionalDouble.of(capacity(field));
      case "tokens" -> tokenCount = OptionalDouble.of(capacity(field));
      default -> json.skipValue();
    }
  }

  private void readLayers() throws IOException {
    if (layers != null) {
      throw unusable("the field \"capacity\" appears twice.");
    }
    layers = new CapacityReader(file, json).read();
  }

  private Terminals readTerminals() throws IOException {
    if (json.peek() != JsonToken.BEGIN_OBJECT) {
      return Terminals.uniform(capacity("terminalCapacity"));
    }
    double[] top = new double[0];
    double[] tokens = new double[0];
    json.beginObject();
    while (json.hasNext()) {
      String side = json.nextName();
      if (side.equals("top")) {
        top = capacities("terminalCapacity.top");
      } else if (side.equals("tokens")) {
        tokens = capacities("terminalCapacity.tokens");
      } else {
        throw unusable("terminalCapacity has \"top\" and \"tokens\", not " + Excerpt.of(side));
      }
    }
    json.endObject();
    return Terminals.each(top, tokens);
  }

  private double[] capacities(String field) throws IOException {
    double[] values = new double[16];
    int count = 0;
    json.beginArray();
    for (; json.hasNext(); count++) {
      values = count == values.length ? Arrays.copyOf(values, 2 * count) : values;
      values[count] = capacity(field);
    }
    json.endArray();
    return Arrays.copyOf(values, count);
  }

  private boolean isBackward(String orientation) {
    return switch (orientation) {
      case "backward" -> true;
      case "forward" -> false;
      default ->
          throw unusable(
              "the orientation must be backward or forward, not " + Excerpt.of(orientation) + ".");
    };
  }

  private String string(String field) throws IOException {
    if (json.peek() != JsonToken.STRING) {
      throw unusable(field + " must be a string.");
    }
    return json.nextString();
  }

  private double capacity(String field) throws IOException {
    if (json.peek() != JsonToken.NUMBER) {
      throw unusable(field + " must be a number.");
    }
    double value = json.nextDouble();
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw unusable(field + " (" + value + ") must be finite and not negative.");
    }
    return value;
  }

  private double positive(String field) throws IOException {
    double value = capacity(field);
    if (value == 0) {
      throw unusable(field + " (0) must be positive.");
    }
    return value;
  }

  private StoredNetwork assemble() {
    List<Matrix> stack = layers;
    if (stack == null) {
      throw unusable("the field \"capacity\" is missing.");
    }
    check("layers", layerCount, stack.size());
    check("tokens", tokenCount, stack.get(0).rowCount());
    FlowNetwork network = LayeredNetwork.of(file, stack, backward, terminals, scale);
    if (returnCapacity.isPresent()) {
      network = network.withReturnCapacity(returnCapacity.getAsDouble());
    }
    return new StoredNetwork(name, network, barrierParameter, relativeBarrierParameter);
  }

  private void check(String field, OptionalDouble stated, int actual) {
    if (stated.isPresent() && stated.getAsDouble() != actual) {
      throw unusable(
          field + " says " + stated.getAsDouble() + ", but capacity has " + actual + " of them.");
    }
  }

  private UnusableInputException unusable(String what) {
    return new UnusableInputException(file + ": " + what);
  }
}
