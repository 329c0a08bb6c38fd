package org.attentionflow.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of {@link VectorRowKernel}. Small methods of their own: inside larger ones the
 * compiler does not keep vectors in registers but makes objects of them.
 */
final class VectorRows {
  private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_512;
  private static final VectorSpecies<Float> NARROW = FloatVector.SPECIES_256;
  private static final int LENGTH = 8;

  /** Rows at once. */
  static final int ROWS = 4;

  private VectorRows() {}

  /** Whether a vector of eight doubles is one register. */
  static boolean isWide() {
    return DoubleVector.SPECIES_PREFERRED.length() >= LENGTH;
  }

  /** Four rows; their chains of sums are put one row after the other into {@code lanes}. */
  static void four(
      float[][] rows,
      int row,
      int columns,
      double[] heads,
      double[] tails,
      double[] into,
      double[] lanes) {
    float[] c0 = rows[row];
    float[] c1 = rows[row + 1];
    float[] c2 = rows[row + 2];
    float[] c3 = rows[row + 3];
    DoubleVector t0 = DoubleVector.broadcast(WIDE, tails[row]);
    DoubleVector t1 = DoubleVector.broadcast(WIDE, tails[row + 1]);
    DoubleVector t2 = DoubleVector.broadcast(WIDE, tails[row + 2]);
    DoubleVector t3 = DoubleVector.broadcast(WIDE, tails[row + 3]);
    DoubleVector s0 = DoubleVector.zero(WIDE);
    DoubleVector s1 = DoubleVector.zero(WIDE);
    DoubleVector s2 = DoubleVector.zero(WIDE);
    DoubleVector s3 = DoubleVector.zero(WIDE);
    for (int j = 0; j < columns; j += LENGTH) {
      DoubleVector x = DoubleVector.fromArray(WIDE, heads, j);
      DoubleVector y = DoubleVector.fromArray(WIDE, into, j);
      DoubleVector c = widened(c0, j);
      s0 = c.fma(x, s0);
      y = c.fma(t0, y);
      c = widened(c1, j);
      s1 = c.fma(x, s1);
      y = c.fma(t1, y);
      c = widened(c2, j);
      s2 = c.fma(x, s2);
      y = c.fma(t2, y);
      c = widened(c3, j);
      s3 = c.fma(x, s3);
      y = c.fma(t3, y);
      y.intoArray(into, j);
    }
    s0.intoArray(lanes, 0);
    s1.intoArray(lanes, LENGTH);
    s2.intoArray(lanes, 2 * LENGTH);
    s3.intoArray(lanes, 3 * LENGTH);
  }

  /** The chains of four rows, one row after the other in {@code lanes}. */
  static void dotFour(float[][] rows, int row, int columns, double[] heads, double[] lanes) {
    float[] c0 = rows[row];
    float[] c1 = rows[row + 1];
    float[] c2 = rows[row + 2];
    float[] c3 = rows[row + 3];
    DoubleVector s0 = DoubleVector.zero(WIDE);
    DoubleVector s1 = DoubleVector.zero(WIDE);
    DoubleVector s2 = DoubleVector.zero(WIDE);
    DoubleVector s3 = DoubleVector.zero(WIDE);
    for (int j = 0; j < columns; j += LENGTH) {
      DoubleVector x = DoubleVector.fromArray(WIDE, heads, j);
      s0 = widened(c0, j).fma(x, s0);
      s1 = widened(c1, j).fma(x, s1);
      s2 = widened(c2, j).fma(x, s2);
      s3 = widened(c3, j).fma(x, s3);
    }
    s0.intoArray(lanes, 0);
    s1.intoArray(lanes, LENGTH);
    s2.intoArray(lanes, 2 * LENGTH);
    s3.intoArray(lanes, 3 * LENGTH);
  }

  /** Adds four rows, each times its factor. */
  static void addFour(
      float[][] rows, int row, int columns, double[] factors, int at, double[] into) {
    float[] c0 = rows[row];
    float[] c1 = rows[row + 1];
    float[] c2 = rows[row + 2];
    float[] c3 = rows[row + 3];
    DoubleVector t0 = DoubleVector.broadcast(WIDE, factors[at]);
    DoubleVector t1 = DoubleVector.broadcast(WIDE, factors[at + 1]);
    DoubleVector t2 = DoubleVector.broadcast(WIDE, factors[at + 2]);
    DoubleVector t3 = DoubleVector.broadcast(WIDE, factors[at + 3]);
    for (int j = 0; j < columns; j += LENGTH) {
      DoubleVector y = DoubleVector.fromArray(WIDE, into, j);
      y = widened(c0, j).fma(t0, y);
      y = widened(c1, j).fma(t1, y);
      y = widened(c2, j).fma(t2, y);
      widened(c3, j).fma(t3, y).intoArray(into, j);
    }
  }

  /** The chains of one row. */
  static void dotOne(float[] row, int columns, double[] heads, double[] lanes) {
    DoubleVector s = DoubleVector.zero(WIDE);
    for (int j = 0; j < columns; j += LENGTH) {
      s = widened(row, j).fma(DoubleVector.fromArray(WIDE, heads, j), s);
    }
    s.intoArray(lanes, 0);
  }

  /** Adds one row times a factor. */
  static void addOne(float[] row, int columns, double factor, double[] into) {
    DoubleVector t = DoubleVector.broadcast(WIDE, factor);
    for (int j = 0; j < columns; j += LENGTH) {
      widened(row, j).fma(t, DoubleVector.fromArray(WIDE, into, j)).intoArray(into, j);
    }
  }

  private static DoubleVector widened(float[] row, int j) {
    return (DoubleVector)
        FloatVector.fromArray(NARROW, row, j).convertShape(VectorOperators.F2D, WIDE, 0);
  }
}
