package org.attentionflow.tensor;

import org.attentionflow.failure.UnusableInputException;

/**
 * A dense matrix in row-major order, whose elements are kept in 64 bits or, rounded, in 32. It
 * wraps the array it is given and copies nothing; nobody writes to the array afterwards.
 *
 * <p>Elements are numbered row after row: element {@code row * columnCount + column}.
 */
public abstract sealed class Matrix permits DoubleMatrix, FloatMatrix {
  private final int rowCount;
  private final int columnCount;

  Matrix(int rowCount, int columnCount) {
    this.rowCount = rowCount;
    this.columnCount = columnCount;
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
    return new DoubleMatrix(rowCount, columnCount, values);
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
    return of(rows.length, columnCount, values);
  }

  /** The number of rows. */
  public final int rowCount() {
    return rowCount;
  }

  /** The number of columns. */
  public final int columnCount() {
    return columnCount;
  }

  /** The number of elements. */
  public final int size() {
    return rowCount * columnCount;
  }

  /** The element at a row and a column. */
  public final double get(int row, int column) {
    return get(row * columnCount + column);
  }

  /** The element of a number. */
  public abstract double get(int element);

  /**
   * Copies neighbouring elements.
   *
   * @param from the number of the first
   * @param into receives them from index {@code at} on
   */
  public abstract void copy(int from, int count, double[] into, int at);

  /**
   * All elements, row after row, not to be written to: the array itself if they are kept in 64
   * bits, otherwise a new one, which takes twice the memory of the matrix.
   */
  public abstract double[] values();

  /** In how many bits the elements are kept. */
  public abstract Precision precision();

  /** What the elements lost by rounding. */
  public abstract Rounding rounding();

  /**
   * The same elements, rounded if need be; the matrix itself if it is no more precise already.
   *
   * @throws UnusableInputException if an element is too large for 32 bits
   */
  public final Matrix in(Precision precision) {
    return precision.bytes() < precision().bytes()
        ? FloatMatrix.rounded(rowCount, columnCount, values())
        : this;
  }

  /** The elements at some rows and columns, as precise as they are. */
  public abstract Matrix part(int[] rows, int[] columns);

  /** A new matrix, as precise, with rows and columns exchanged. */
  public abstract Matrix transposed();

  @Override
  public final String toString() {
    return "Matrix[" + rowCount + ", " + columnCount + "]";
  }
}
