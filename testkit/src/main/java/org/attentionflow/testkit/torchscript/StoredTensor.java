package org.attentionflow.testkit.torchscript;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Supplier;
import org.attentionflow.tensor.FloatTensor;

/**
 * A tensor of an archive.
 *
 * @param storage PyTorch's name of its element type, for example {@code FloatStorage}
 * @param shape empty for a single number
 * @param isParameter whether training would change it
 * @param bytes its elements, row by row, little-endian; asked for once, as the archive is written
 */
record StoredTensor(String storage, int[] shape, boolean isParameter, Supplier<byte[]> bytes) {
  /** A parameter whose elements are read when they are written. */
  static StoredTensor parameter(int[] shape, Supplier<FloatTensor> values) {
    return new StoredTensor(
        "FloatStorage",
        shape,
        true,
        () -> {
          float[] floats = values.get().values();
          ByteBuffer bytes = allocate(floats.length * Float.BYTES);
          bytes.asFloatBuffer().put(floats);
          return bytes.array();
        });
  }

  /** A buffer of whole numbers. */
  static StoredTensor longs(long[] values, int... shape) {
    ByteBuffer bytes = allocate(values.length * Long.BYTES);
    bytes.asLongBuffer().put(values);
    return new StoredTensor("LongStorage", shape, false, bytes::array);
  }

  /** A single number of 64 bits, as a trace keeps the constants of Python's arithmetic. */
  static StoredTensor number(double value) {
    ByteBuffer bytes = allocate(Double.BYTES).putDouble(value);
    return new StoredTensor("DoubleStorage", new int[0], false, bytes::array);
  }

  /** The number of elements. */
  int count() {
    int count = 1;
    for (int size : shape) {
      count *= size;
    }
    return count;
  }

  private static ByteBuffer allocate(int byteCount) {
    return ByteBuffer.allocate(byteCount).order(ByteOrder.LITTLE_ENDIAN);
  }
}
