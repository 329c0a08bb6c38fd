package org.attentionflow.formats.safetensors;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.attentionflow.failure.UnusableInputException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON header of a file and believes none of it: every size and place is checked against
 * the length of the file before anything is allocated.
 */
final class Header {
  private static final String METADATA = "__metadata__";
  private static final int MOST_AXES = 16;

  private final String file;
  private final long dataLength;
  private final Map<String, TensorEntry> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private Header(String file, long dataLength) {
    this.file = file;
    this.dataLength = dataLength;
  }

  /**
   * Reads a header.
   *
   * @param file the name of the file, for messages
   * @param json the header
   * @param dataLength the number of bytes in the file behind the header
   */
  static Header parse(String file, String json, long dataLength) {
    Header header = new Header(file, dataLength);
    JsonReader reader = new JsonReader(new StringReader(json));
    reader.setStrictness(Strictness.STRICT);
    try {
      header.read(reader);
    } catch (MalformedJsonException | JsonParseException | EOFException malformed) {
      throw header.damaged("its header is not valid JSON");
    } catch (IOException | IllegalStateException | NumberFormatException unexpected) {
      throw header.damaged("its header has an entry of an unexpected form");
    }
    header.checkPlaces();
    return header;
  }

  Map<String, TensorEntry> tensors() {
    return tensors;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  private void read(JsonReader reader) throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      if (name.equals(METADATA)) {
        readMetadata(reader);
      } else if (tensors.put(name, readEntry(reader, name)) != null) {
        throw damaged("tensor " + name + " appears twice");
      }
    }
    reader.endObject();
    if (reader.peek() != JsonToken.END_DOCUMENT) {
      throw damaged("its header goes on behind the last entry");
    }
  }

  private void readMetadata(JsonReader reader) throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      metadata.put(reader.nextName(), reader.nextString());
    }
    reader.endObject();
  }

  private TensorEntry readEntry(JsonReader reader, String name) throws IOException {
    String type = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.nextName()) {
        case "dtype" -> type = reader.nextString();
        case "shape" -> shape = readLongs(reader, name);
        case "data_offsets" -> offsets = readLongs(reader, name);
        default -> throw damaged("tensor " + name + " has an unknown field");
      }
    }
    reader.endObject();
    return checkedEntry(name, type, shape, offsets);
  }

  private List<Long> readLongs(JsonReader reader, String name) throws IOException {
    List<Long> values = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      values.add(reader.nextLong());
      if (values.size() > MOST_AXES) {
        throw damaged("tensor " + name + " has more than " + MOST_AXES + " axes");
      }
    }
    reader.endArray();
    return values;
  }

  private TensorEntry checkedEntry(
      String name,
      @Nullable String typeName,
      @Nullable List<Long> shape,
      @Nullable List<Long> offsets) {
    if (typeName == null || shape == null || offsets == null || offsets.size() != 2) {
      throw damaged("tensor " + name + " lacks its type, shape or two offsets");
    }
    ElementType type =
        ElementType.named(typeName)
            .orElseThrow(
                () -> damaged("tensor " + name + " has the unknown type '" + typeName + "'"));
    long begin = offsets.get(0);
    long end = offsets.get(1);
    if (begin < 0 || end < begin || end > dataLength) {
      throw damaged(
          ("tensor " + name + " should lie at bytes " + begin + " to " + end)
              + (" of the data, of which the file has " + dataLength));
    }
    if (byteCount(shape, type) != end - begin) {
      throw damaged(
          ("tensor " + name + " of shape " + shape + " and type " + type)
              + (" cannot have " + (end - begin) + " bytes"));
    }
    return new TensorEntry(name, type, shape, begin, end);
  }

  /** The bytes a shape needs, or -1 if it is impossible. */
  private static long byteCount(List<Long> shape, ElementType type) {
    long count = type.byteCount();
    try {
      for (long size : shape) {
        count = size < 0 ? -1 : Math.multiplyExact(count, size);
        if (count < 0) {
          return -1;
        }
      }
    } catch (ArithmeticException overflow) {
      return -1;
    }
    return count;
  }

  /** The tensors must fill the data without overlap or hole, as the format demands. */
  private void checkPlaces() {
    List<TensorEntry> inOrder =
        tensors.values().stream()
            .sorted(
                Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end))
            .toList();
    long at = 0;
    for (TensorEntry entry : inOrder) {
      if (entry.begin() < at) {
        throw damaged("tensor " + entry.name() + " overlaps another");
      }
      if (entry.begin() > at) {
        throw damaged(
            (entry.begin() - at) + " bytes before tensor " + entry.name() + " are unused");
      }
      at = entry.end();
    }
    if (at != dataLength) {
      throw damaged((dataLength - at) + " bytes behind the last tensor are unused");
    }
  }

  private UnusableInputException damaged(String what) {
    return new UnusableInputException(
        file
            + " is not a usable safetensors file: "
            + what
            + ". Maybe it is damaged or incomplete.");
  }
}
