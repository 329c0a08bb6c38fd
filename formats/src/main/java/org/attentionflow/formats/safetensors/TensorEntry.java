package org.attentionflow.formats.safetensors;

import java.util.List;

/**
 * What the header of a file says of one tensor. It was checked: the shape holds exactly the bytes
 * from {@code begin} to {@code end}, and these lie inside the file.
 *
 * @param name the name of the tensor
 * @param type the type of its elements
 * @param shape the size of each axis; empty for a single number
 * @param begin the first byte, counted from the end of the header
 * @param end the byte behind the last, counted from the end of the header
 */
public record TensorEntry(String name, ElementType type, List<Long> shape, long begin, long end) {
  /** Copies the shape. */
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** The number of bytes. */
  public long byteCount() {
    return end - begin;
  }

  /** The number of elements. */
  public long elementCount() {
    return byteCount() / type.byteCount();
  }

  /** The size of each axis, for tensors that fit into an array. */
  public int[] dimensions() {
    return shape.stream().mapToInt(Math::toIntExact).toArray();
  }
}
