package org.attentionflow.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A tile of C, four rows by four vectors, kept in registers: sixteen sums, four vectors of B and
 * one entry of A at a time; and a narrow one of a single vector's width for what is left. Small
 * methods of their own: inside larger ones the compiler does not keep vectors in registers but
 * makes objects of them.
 */
final class VectorTile {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

  /** The columns of the narrow tile. */
  static final int LENGTH = SPECIES.length();

  static final int ROWS = 4;

  /** The columns of the wide tile. */
  static final int COLUMNS = 4 * LENGTH;

  private VectorTile() {}

  /** Whether vectors are wide enough to be worth it. */
  static boolean isWide() {
    return LENGTH >= 4;
  }

  /**
   * C ← C + AᵀB for one wide tile.
   *
   * @param depth the rows of A and B
   * @param a [p][i] from index {@code aFrom}
   * @param b [p][j]
   * @param column the first column of the tile in the rows c0 to c3 of C
   */
  static void add(
      int depth,
      double[] a,
      int aFrom,
      double[] b,
      double[] c0,
      double[] c1,
      double[] c2,
      double[] c3,
      int column) {
    DoubleVector s00 = DoubleVector.fromArray(SPECIES, c0, column);
    DoubleVector s01 = DoubleVector.fromArray(SPECIES, c0, column + LENGTH);
    DoubleVector s02 = DoubleVector.fromArray(SPECIES, c0, column + 2 * LENGTH);
    DoubleVector s03 = DoubleVector.fromArray(SPECIES, c0, column + 3 * LENGTH);
    DoubleVector s10 = DoubleVector.fromArray(SPECIES, c1, column);
    DoubleVector s11 = DoubleVector.fromArray(SPECIES, c1, column + LENGTH);
    DoubleVector s12 = DoubleVector.fromArray(SPECIES, c1, column + 2 * LENGTH);
    DoubleVector s13 = DoubleVector.fromArray(SPECIES, c1, column + 3 * LENGTH);
    DoubleVector s20 = DoubleVector.fromArray(SPECIES, c2, column);
    DoubleVector s21 = DoubleVector.fromArray(SPECIES, c2, column + LENGTH);
    DoubleVector s22 = DoubleVector.fromArray(SPECIES, c2, column + 2 * LENGTH);
    DoubleVector s23 = DoubleVector.fromArray(SPECIES, c2, column + 3 * LENGTH);
    DoubleVector s30 = DoubleVector.fromArray(SPECIES, c3, column);
    DoubleVector s31 = DoubleVector.fromArray(SPECIES, c3, column + LENGTH);
    DoubleVector s32 = DoubleVector.fromArray(SPECIES, c3, column + 2 * LENGTH);
    DoubleVector s33 = DoubleVector.fromArray(SPECIES, c3, column + 3 * LENGTH);
    int at = 0;
    int from = aFrom;
    for (int p = 0; p < depth; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, at);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, at + LENGTH);
      DoubleVector b2 = DoubleVector.fromArray(SPECIES, b, at + 2 * LENGTH);
      DoubleVector b3 = DoubleVector.fromArray(SPECIES, b, at + 3 * LENGTH);
      DoubleVector left = DoubleVector.broadcast(SPECIES, a[from]);
      s00 = left.fma(b0, s00);
      s01 = left.fma(b1, s01);
      s02 = left.fma(b2, s02);
      s03 = left.fma(b3, s03);
      left = DoubleVector.broadcast(SPECIES, a[from + 1]);
      s10 = left.fma(b0, s10);
      s11 = left.fma(b1, s11);
      s12 = left.fma(b2, s12);
      s13 = left.fma(b3, s13);
      left = DoubleVector.broadcast(SPECIES, a[from + 2]);
      s20 = left.fma(b0, s20);
      s21 = left.fma(b1, s21);
      s22 = left.fma(b2, s22);
      s23 = left.fma(b3, s23);
      left = DoubleVector.broadcast(SPECIES, a[from + 3]);
      s30 = left.fma(b0, s30);
      s31 = left.fma(b1, s31);
      s32 = left.fma(b2, s32);
      s33 = left.fma(b3, s33);
      at += COLUMNS;
      from += ROWS;
    }
    s00.intoArray(c0, column);
    s01.intoArray(c0, column + LENGTH);
    s02.intoArray(c0, column + 2 * LENGTH);
    s03.intoArray(c0, column + 3 * LENGTH);
    s10.intoArray(c1, column);
    s11.intoArray(c1, column + LENGTH);
    s12.intoArray(c1, column + 2 * LENGTH);
    s13.intoArray(c1, column + 3 * LENGTH);
    s20.intoArray(c2, column);
    s21.intoArray(c2, column + LENGTH);
    s22.intoArray(c2, column + 2 * LENGTH);
    s23.intoArray(c2, column + 3 * LENGTH);
    s30.intoArray(c3, column);
    s31.intoArray(c3, column + LENGTH);
    s32.intoArray(c3, column + 2 * LENGTH);
    s33.intoArray(c3, column + 3 * LENGTH);
  }

  /** The same for one narrow tile, the rows of B as they are. */
  static void addNarrow(
      int depth,
      double[] a,
      int aFrom,
      double[][] b,
      int bRow,
      double[] c0,
      double[] c1,
      double[] c2,
      double[] c3,
      int column) {
    DoubleVector s0 = DoubleVector.fromArray(SPECIES, c0, column);
    DoubleVector s1 = DoubleVector.fromArray(SPECIES, c1, column);
    DoubleVector s2 = DoubleVector.fromArray(SPECIES, c2, column);
    DoubleVector s3 = DoubleVector.fromArray(SPECIES, c3, column);
    int from = aFrom;
    for (int p = 0; p < depth; p++) {
      DoubleVector right = DoubleVector.fromArray(SPECIES, b[bRow + p], column);
      s0 = right.fma(DoubleVector.broadcast(SPECIES, a[from]), s0);
      s1 = right.fma(DoubleVector.broadcast(SPECIES, a[from + 1]), s1);
      s2 = right.fma(DoubleVector.broadcast(SPECIES, a[from + 2]), s2);
      s3 = right.fma(DoubleVector.broadcast(SPECIES, a[from + 3]), s3);
      from += ROWS;
    }
    s0.intoArray(c0, column);
    s1.intoArray(c1, column);
    s2.intoArray(c2, column);
    s3.intoArray(c3, column);
  }
}
