package org.attentionflow.tensor;

import org.attentionflow.failure.UnusableInputException;

/** A matrix whose elements are kept in 32 bits, with what they lost by that. */
final class FloatMatrix extends Matrix {
  private final float[] values;
  private final Rounding rounding;

  private FloatMatrix(int rowCount, int columnCount, float[] values, Rounding rounding) {
    super(rowCount, columnCount);
    this.values = values;
    this.rounding = rounding;
  }

  /** Rounds elements to the nearest numbers of 32 bits. */
  static FloatMatrix rounded(int rowCount, int columnCount, double[] exact) {
    float[] values = new float[exact.length];
    double relative = 0;
    double absolute = 0;
    for (int i = 0; i < values.length; i++) {
      double x = exact[i];
      values[i] = (float) x;
      double change = Math.abs(values[i] - x);
      if (Math.abs(x) >= Float.MIN_NORMAL) {
        relative = Math.max(relative, change / Math.abs(x));
      } else {
        absolute += change;
      }
    }
    if (relative == Double.POSITIVE_INFINITY) {
      throw tooLarge(exact);
    }
    return new FloatMatrix(rowCount, columnCount, values, new Rounding(relative, absolute));
  }

  private static UnusableInputException tooLarge(double[] exact) {
    double largest = 0;
    for (double x : exact) {
      largest = Math.max(largest, Math.abs(x));
    }
    return new UnusableInputException(
        "The value "
            + largest
            + " is too large for 32 bits, which end at "
            + Float.MAX_VALUE
            + ". Maybe use precision double.");
  }

  @Override
  public double get(int element) {
    return values[element];
  }

  @Override
  public void copy(int from, int count, double[] into, int at) {
    for (int i = 0; i < count; i++) {
      into[at + i] = values[from + i];
    }
  }

  @Override
  public double[] values() {
    double[] wide = new double[values.length];
    copy(0, wide.length, wide, 0);
    return wide;
  }

  @Override
  public Precision precision() {
    return Precision.FLOAT;
  }

  @Override
  public Rounding rounding() {
    return rounding;
  }

  @Override
  public Matrix part(int[] rows, int[] columns) {
    float[] part = new float[rows.length * columns.length];
    int at = 0;
    for (int row : rows) {
      for (int column : columns) {
        part[at++] = values[row * columnCount() + column];
      }
    }
    return new FloatMatrix(rows.length, columns.length, part, rounding);
  }

  @Override
  public Matrix transposed() {
    float[] result = new float[values.length];
    for (int row = 0; row < rowCount(); row++) {
      for (int column = 0; column < columnCount(); column++) {
        result[column * rowCount() + row] = values[row * columnCount() + column];
      }
    }
    return new FloatMatrix(columnCount(), rowCount(), result, rounding);
  }
}
