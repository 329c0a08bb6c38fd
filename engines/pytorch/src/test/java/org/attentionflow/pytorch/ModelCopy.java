package org.attentionflow.pytorch;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.formats.safetensors.ElementType;
import org.attentionflow.formats.safetensors.SafetensorsFile;
import org.attentionflow.formats.safetensors.SafetensorsWriter;
import org.attentionflow.tensor.FloatTensor;

/** A recorded checkpoint copied to a folder where it can be changed. */
record ModelCopy(Path folder) {
  static ModelCopy of(String golden, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String name : new String[] {"config.json", "model.safetensors"}) {
      Files.copy(Goldens.folder(golden).resolve(name), folder.resolve(name));
    }
    return new ModelCopy(folder);
  }

  PytorchSession open() {
    return PytorchEngine.openSession(folder, EngineSettings.defaults());
  }

  Path weights() {
    return folder.resolve("model.safetensors");
  }

  ModelCopy edit(Consumer<JsonObject> change) throws IOException {
    Path file = folder.resolve("config.json");
    JsonObject config = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    change.accept(config);
    Files.writeString(file, config.toString());
    return this;
  }

  Map<String, FloatTensor> tensors() {
    Map<String, FloatTensor> tensors = new TreeMap<>();
    try (SafetensorsFile file = SafetensorsFile.open(weights())) {
      file.tensors().keySet().forEach(name -> tensors.put(name, file.floats(name)));
    }
    return tensors;
  }

  ModelCopy write(Map<String, FloatTensor> tensors) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    tensors.forEach(writer::floats);
    writer.write(weights());
    return this;
  }

  ModelCopy rename(String from, String to) throws IOException {
    Map<String, FloatTensor> renamed = new TreeMap<>();
    tensors().forEach((name, tensor) -> renamed.put(name.replace(from, to), tensor));
    return write(renamed);
  }

  /** Writes the weights with elements of another type, cutting off the bits that do not fit. */
  ModelCopy writeAs(ElementType type) throws IOException {
    JsonObject header = new JsonObject();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (Map.Entry<String, FloatTensor> entry : tensors().entrySet()) {
      int begin = data.size();
      data.write(elements(entry.getValue().values(), type));
      JsonArray shape = new JsonArray();
      for (int size : entry.getValue().shape()) {
        shape.add(size);
      }
      JsonArray offsets = new JsonArray();
      offsets.add(begin);
      offsets.add(data.size());
      JsonObject description = new JsonObject();
      description.addProperty("dtype", type.name());
      description.add("shape", shape);
      description.add("data_offsets", offsets);
      header.add(entry.getKey(), description);
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + json.length + data.size());
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).put(data.toByteArray());
    Files.write(weights(), file.array());
    return this;
  }

  private static byte[] elements(float[] values, ElementType type) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * type.byteCount());
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      switch (type) {
        case F64 -> bytes.putDouble(value);
        case F32 -> bytes.putFloat(value);
        case BF16 -> bytes.putShort((short) (Float.floatToIntBits(value) >>> 16));
        case F16 -> bytes.putShort(half(value));
        default -> throw new IllegalArgumentException(type.name());
      }
    }
    return bytes.array();
  }

  /** The 16-bit float next to a value, towards zero; small ones are subnormal. */
  private static short half(float value) {
    int bits = Float.floatToIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int exponent = ((bits >>> 23) & 0xff) - 127 + 15;
    int magnitude =
        exponent > 0
            ? (exponent << 10) | ((bits & 0x7fffff) >>> 13)
            : (int) (Math.abs(value) * 0x1p24f);
    return (short) (sign | magnitude);
  }
}
