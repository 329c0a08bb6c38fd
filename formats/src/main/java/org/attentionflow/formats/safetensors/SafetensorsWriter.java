package org.attentionflow.formats.safetensors;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.formats.file.WholeFile;
import org.attentionflow.tensor.FloatTensor;

/**
 * Collects tensors and writes them to a safetensors file. The same tensors give the same bytes, in
 * whatever order they were added. The arrays are not copied and must not change before they are
 * written. Not safe for use by several threads.
 */
public final class SafetensorsWriter {
  private static final int CHUNK_ELEMENTS = 1 << 13;
  private static final int ALIGNMENT = 8;

  private final Map<String, String> metadata = new TreeMap<>();
  private final Map<String, Pending> tensors = new TreeMap<>();

  private record Pending(ElementType type, List<Integer> shape, Object values, int length) {}

  /** Adds a line of free text. */
  public SafetensorsWriter metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /**
   * Adds a tensor of 32-bit floats.
   *
   * @throws IllegalArgumentException if there is a tensor of that name already
   */
  public SafetensorsWriter floats(String name, FloatTensor tensor) {
    float[] values = tensor.values();
    return add(name, new Pending(ElementType.F32, listOf(tensor.shape()), values, values.length));
  }

  /**
   * Adds a tensor of 64-bit integers.
   *
   * @param values the elements in row-major order
   * @param shape the size of each axis
   * @throws IllegalArgumentException if there is a tensor of that name already, or the shape does
   *     not hold exactly the elements
   */
  public SafetensorsWriter longs(String name, long[] values, int... shape) {
    long count = 1;
    for (int size : shape) {
      count *= size;
    }
    if (count != values.length) {
      throw new IllegalArgumentException(
          ("The shape of " + name + " holds " + count + " elements, not " + values.length) + ".");
    }
    return add(name, new Pending(ElementType.I64, listOf(shape), values, values.length));
  }

  private static List<Integer> listOf(int[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }

  private SafetensorsWriter add(String name, Pending tensor) {
    if (tensors.putIfAbsent(name, tensor) != null) {
      throw new IllegalArgumentException("There is a tensor " + name + " already.");
    }
    return this;
  }

  /**
   * Writes the file under a temporary name in the same folder and renames it, so that no one sees
   * it half written. A file that is there is replaced.
   */
  public void write(Path path) throws IOException {
    WholeFile.write(path, this::write);
  }

  /** Writes the bytes of the file to a stream, which stays open. */
  public void write(OutputStream stream) throws IOException {
    // Wide elements first, so that every tensor is aligned; then by name.
    List<Map.Entry<String, Pending>> inOrder = new ArrayList<>(tensors.entrySet());
    inOrder.sort(Comparator.comparingInt(entry -> -entry.getValue().type().byteCount()));
    byte[] header = header(inOrder);
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    stream.write(length.putLong(header.length).array());
    stream.write(header);
    for (Map.Entry<String, Pending> entry : inOrder) {
      writeElements(stream, entry.getValue());
    }
  }

  private byte[] header(List<Map.Entry<String, Pending>> inOrder) {
    JsonObject header = new JsonObject();
    if (!metadata.isEmpty()) {
      JsonObject texts = new JsonObject();
      metadata.forEach(texts::addProperty);
      header.add("__metadata__", texts);
    }
    long begin = 0;
    for (Map.Entry<String, Pending> entry : inOrder) {
      Pending tensor = entry.getValue();
      long end = begin + (long) tensor.length() * tensor.type().byteCount();
      header.add(entry.getKey(), describe(tensor, begin, end));
      begin = end;
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer bytes = ByteBuffer.allocate(padded).put(json);
    while (bytes.hasRemaining()) {
      bytes.put((byte) ' ');
    }
    return bytes.array();
  }

  private static JsonObject describe(Pending tensor, long begin, long end) {
    JsonArray shape = new JsonArray();
    for (int size : tensor.shape()) {
      shape.add(size);
    }
    JsonArray offsets = new JsonArray();
    offsets.add(begin);
    offsets.add(end);
    JsonObject entry = new JsonObject();
    entry.addProperty("dtype", tensor.type().name());
    entry.add("shape", shape);
    entry.add("data_offsets", offsets);
    return entry;
  }

  private static void writeElements(OutputStream stream, Pending tensor) throws IOException {
    int size = tensor.type().byteCount();
    byte[] bytes = new byte[CHUNK_ELEMENTS * size];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < tensor.length(); from += CHUNK_ELEMENTS) {
      int count = Math.min(CHUNK_ELEMENTS, tensor.length() - from);
      if (tensor.values() instanceof float[] floats) {
        buffer.asFloatBuffer().put(floats, from, count);
      } else {
        buffer.asLongBuffer().put((long[]) tensor.values(), from, count);
      }
      stream.write(bytes, 0, count * size);
    }
  }
}
