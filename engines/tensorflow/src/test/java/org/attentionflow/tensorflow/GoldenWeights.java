package org.attentionflow.tensorflow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.formats.safetensors.SafetensorsFile;
import org.attentionflow.tensor.FloatTensor;

/** The weights of a Hugging Face checkpoint, and those of them that a graph has asked for. */
final class GoldenWeights {
  private final SafetensorsFile file;
  private final Map<String, FloatTensor> used = new TreeMap<>();

  GoldenWeights(SafetensorsFile file) {
    this.file = file;
  }

  /** A weight as it is stored. */
  FloatTensor get(String name) {
    return used.computeIfAbsent(name, file::floats);
  }

  /** The matrix of an affine map, turned from [out, in] to [in, out], in another shape perhaps. */
  FloatTensor kernel(String name, int... shape) {
    return used.computeIfAbsent(
        name,
        key -> {
          FloatTensor stored = file.floats(key);
          int out = stored.size(0);
          int in = stored.size(1);
          float[] turned = new float[in * out];
          for (int i = 0; i < in; i++) {
            for (int o = 0; o < out; o++) {
              turned[i * out + o] = stored.values()[o * in + i];
            }
          }
          return FloatTensor.of(turned, shape.length == 0 ? new int[] {in, out} : shape);
        });
  }

  /** The same numbers in another shape. */
  FloatTensor get(String name, int... shape) {
    return used.computeIfAbsent(name, key -> FloatTensor.of(file.floats(key).values(), shape));
  }

  /** What was asked for, by name. */
  Map<String, FloatTensor> used() {
    return used;
  }

  static byte[] bytes(FloatTensor tensor) {
    ByteBuffer bytes =
        ByteBuffer.allocate(tensor.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(tensor.values());
    return bytes.array();
  }
}
