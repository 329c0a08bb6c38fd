package org.attentionflow.tensor;

/**
 * A dense matrix of doubles in row-major order. It wraps the array it is given and copies nothing;
 * nobody writes to the array afterwards.
 */
public final class Matrix {
  private final int rowCount;
  private final int columnCount;
  private final double[] values;

  private Matrix(int rowCount, int columnCount, double[] values) {
    this.rowCount = rowCount;
    this.columnCount = columnCount;
    this.values = values;
  }

  /**
   * Wraps an array of {@code rowCount * columnCount} elements, row after row.
   *
   * @throws IllegalArgumentException if the array has another length
   */
  public static Matrix of(int rowCount, int columnCount, double[] values) {
    if ((long) rowCount * columnCount != values.length) {
      throw new IllegalArgumentException(
          "A matrix of "
              + rowCount
              + " x "
              + columnCount
              + " cannot hold "
              + values.length
              + " elements.");
    }
    return new Matrix(rowCount, columnCount, values);
  }

  /** Copies an array of rows, which must have equal lengths. */
  public static Matrix ofRows(double[][] rows) {
    int columnCount = rows.length == 0 ? 0 : rows[0].length;
    double[] values = new double[rows.length * columnCount];
    for (int row = 0; row < rows.length; row++) {
      if (rows[row].length != columnCount) {
        throw new IllegalArgumentException(
            "Row "
                + row
                + " has "
                + rows[row].length
                + " elements, row 0 has "
                + columnCount
                + ".");
      }
      System.arraycopy(rows[row], 0, values, row * columnCount, columnCount);
    }
    return new Matrix(rows.length, columnCount, values);
  }

  /** The number of rows. */
  public int rowCount() {
    return rowCount;
  }

  /** The number of columns. */
  public int columnCount() {
    return columnCount;
  }

  /** The elements, row after row; the array itself, not to be written to. */
  public double[] values() {
    return values;
  }

  /** The element at a row and a column. */
  public double get(int row, int column) {
    return values[row * columnCount + column];
  }

  /** A new matrix with rows and columns exchanged. */
  public Matrix transposed() {
    double[] result = new double[values.length];
    for (int row = 0; row < rowCount; row++) {
      for (int column = 0; column < columnCount; column++) {
        result[column * rowCount + row] = values[row * columnCount + column];
      }
    }
    return new Matrix(columnCount, rowCount, result);
  }

  @Override
  public String toString() {
    return "Matrix[" + rowCount + ", " + columnCount + "]";
  }
}
