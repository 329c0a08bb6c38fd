package org.attentionflow.tensor;

/** A matrix whose elements are kept in 64 bits. */
final class DoubleMatrix extends Matrix {
  private final double[] values;

  DoubleMatrix(int rowCount, int columnCount, double[] values) {
    super(rowCount, columnCount);
    this.values = values;
  }

  @Override
  public double get(int element) {
    return values[element];
  }

  @Override
  public void copy(int from, int count, double[] into, int at) {
    System.arraycopy(values, from, into, at, count);
  }

  @Override
  public double[] values() {
    return values;
  }

  @Override
  public Precision precision() {
    return Precision.DOUBLE;
  }

  @Override
  public Rounding rounding() {
    return Rounding.NONE;
  }

  @Override
  public Matrix part(int[] rows, int[] columns) {
    double[] part = new double[rows.length * columns.length];
    int at = 0;
    for (int row : rows) {
      for (int column : columns) {
        part[at++] = values[row * columnCount() + column];
      }
    }
    return new DoubleMatrix(rows.length, columns.length, part);
  }

  @Override
  public Matrix transposed() {
    double[] result = new double[values.length];
    for (int row = 0; row < rowCount(); row++) {
      for (int column = 0; column < columnCount(); column++) {
        result[column * rowCount() + row] = values[row * columnCount() + column];
      }
    }
    return new DoubleMatrix(columnCount(), rowCount(), result);
  }
}
