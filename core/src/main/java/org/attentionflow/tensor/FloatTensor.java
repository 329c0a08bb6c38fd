package org.attentionflow.tensor;

import java.util.Arrays;

/**
 * A dense array of 32-bit floats with a shape, in row-major order (the last index varies fastest).
 * It wraps the array it is given and copies nothing; nobody writes to the array afterwards.
 */
public final class FloatTensor {
  private final float[] values;
  private final int[] shape;

  private FloatTensor(float[] values, int[] shape) {
    this.values = values;
    this.shape = shape;
  }

  /**
   * Wraps an array.
   *
   * @param values the elements in row-major order, not copied
   * @param shape the size of each axis
   * @throws IllegalArgumentException if the shape does not hold exactly {@code values.length}
   *     elements
   */
  public static FloatTensor of(float[] values, int... shape) {
    long count = 1;
    for (int size : shape) {
      count *= size;
    }
    if (count != values.length) {
      throw new IllegalArgumentException(
          "The shape "
              + Arrays.toString(shape)
              + " holds "
              + count
              + " elements, not "
              + values.length
              + ".");
    }
    return new FloatTensor(values, shape.clone());
  }

  /** The elements in row-major order; the array itself, not to be written to. */
  public float[] values() {
    return values;
  }

  /** The size of each axis. */
  public int[] shape() {
    return shape.clone();
  }

  /** The number of axes. */
  public int rank() {
    return shape.length;
  }

  /** The size of one axis. */
  public int size(int axis) {
    return shape[axis];
  }

  /** The element at an index with one entry per axis. */
  public float get(int... index) {
    int offset = 0;
    for (int axis = 0; axis < shape.length; axis++) {
      offset = offset * shape[axis] + index[axis];
    }
    return values[offset];
  }

  @Override
  public String toString() {
    return "FloatTensor" + Arrays.toString(shape);
  }
}
