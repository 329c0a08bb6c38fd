package org.attentionflow.pytorch.archive;

import java.util.List;

/**
 * A tensor of an archive, known by its description.
 *
 * @param shape the size of each axis
 * @param storageType the class of its elements, for example {@code FloatStorage}
 */
public record StoredTensor(List<Long> shape, String storageType) {
  /** Copies the list. */
  public StoredTensor {
    shape = List.copyOf(shape);
  }

  /** The number of elements. */
  public long count() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }
}
