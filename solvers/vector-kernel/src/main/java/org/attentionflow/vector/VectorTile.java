package org.attentionflow.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A tile of C, eight rows by three vectors, kept in registers: 24 sums, three vectors of B and one
 * entry of A at a time; and a narrow one of a single vector's width for what is left. Of the shapes
 * that were measured (decision 0067) this one is fastest: vectors of B mostly lie across two cache
 * lines and are used eight times each. Small methods of their own: inside larger ones the compiler
 * does not keep vectors in registers but makes objects of them.
 */
final class VectorTile {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** The columns of the narrow tile. */
  static final int LENGTH = SPECIES.length();

  static final int ROWS = 8;

  /** The columns of the wide tile. */
  static final int COLUMNS = 3 * LENGTH;

  private VectorTile() {}

  /** Whether vectors are wide enough to be worth it. */
  static boolean isWide() {
    return LENGTH >= 8;
  }

  /** Copies up to ROWS columns of A, row after row, and zeros for those that are missing. */
  static void pack(
      int depth, float[][] a, int aRow, int aColumn, int columns, float[] into, int from) {
    for (int p = 0; p < depth; p++) {
      float[] row = a[aRow + p];
      int at = from + p * ROWS;
      if (columns == ROWS) {
        for (int i = 0; i < ROWS; i++) {
          into[at + i] = row[aColumn + i];
        }
      } else {
        for (int i = 0; i < ROWS; i++) {
          into[at + i] = i < columns ? row[aColumn + i] : 0;
        }
      }
    }
  }

  /** Copies minus some columns of B, a multiple of LENGTH, row after row. */
  static void packMinus(int depth, float[][] b, int bRow, int column, int columns, float[] into) {
    int at = 0;
    for (int p = 0; p < depth; p++) {
      float[] row = b[bRow + p];
      for (int j = 0; j < columns; j += LENGTH) {
        FloatVector.fromArray(SPECIES, row, column + j).neg().intoArray(into, at);
        at += LENGTH;
      }
    }
  }

  /** The same for fewer columns than LENGTH: zeros stand for those that are missing. */
  static void packMinusFew(
      int depth, float[][] b, int bRow, int column, int columns, float[] into) {
    for (int p = 0; p < depth; p++) {
      float[] row = b[bRow + p];
      int at = p * LENGTH;
      for (int j = 0; j < LENGTH; j++) {
        into[at + j] = j < columns ? -row[column + j] : 0;
      }
    }
  }

  /**
   * C ← C + AᵀB for one wide tile.
   *
   * @param depth the rows of A and B
   * @param a [p][i] from index {@code aFrom}, as {@link #pack} copies it
   * @param b [p][j], as {@link #packMinus} copies it
   * @param column the first column of the tile in the rows c0 to c7 of C
   */
  static void add(
      int depth,
      float[] a,
      int aFrom,
      float[] b,
      float[] c0,
      float[] c1,
      float[] c2,
      float[] c3,
      float[] c4,
      float[] c5,
      float[] c6,
      float[] c7,
      int column) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, c0, column);
    FloatVector s01 = FloatVector.fromArray(SPECIES, c0, column + LENGTH);
    FloatVector s02 = FloatVector.fromArray(SPECIES, c0, column + 2 * LENGTH);
    FloatVector s10 = FloatVector.fromArray(SPECIES, c1, column);
    FloatVector s11 = FloatVector.fromArray(SPECIES, c1, column + LENGTH);
    FloatVector s12 = FloatVector.fromArray(SPECIES, c1, column + 2 * LENGTH);
    FloatVector s20 = FloatVector.fromArray(SPECIES, c2, column);
    FloatVector s21 = FloatVector.fromArray(SPECIES, c2, column + LENGTH);
    FloatVector s22 = FloatVector.fromArray(SPECIES, c2, column + 2 * LENGTH);
    FloatVector s30 = FloatVector.fromArray(SPECIES, c3, column);
    FloatVector s31 = FloatVector.fromArray(SPECIES, c3, column + LENGTH);
    FloatVector s32 = FloatVector.fromArray(SPECIES, c3, column + 2 * LENGTH);
    FloatVector s40 = FloatVector.fromArray(SPECIES, c4, column);
    FloatVector s41 = FloatVector.fromArray(SPECIES, c4, column + LENGTH);
    FloatVector s42 = FloatVector.fromArray(SPECIES, c4, column + 2 * LENGTH);
    FloatVector s50 = FloatVector.fromArray(SPECIES, c5, column);
    FloatVector s51 = FloatVector.fromArray(SPECIES, c5, column + LENGTH);
    FloatVector s52 = FloatVector.fromArray(SPECIES, c5, column + 2 * LENGTH);
    FloatVector s60 = FloatVector.fromArray(SPECIES, c6, column);
    FloatVector s61 = FloatVector.fromArray(SPECIES, c6, column + LENGTH);
    FloatVector s62 = FloatVector.fromArray(SPECIES, c6, column + 2 * LENGTH);
    FloatVector s70 = FloatVector.fromArray(SPECIES, c7, column);
    FloatVector s71 = FloatVector.fromArray(SPECIES, c7, column + LENGTH);
    FloatVector s72 = FloatVector.fromArray(SPECIES, c7, column + 2 * LENGTH);
    int at = 0;
    int from = aFrom;
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + LENGTH);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, at + 2 * LENGTH);
      FloatVector left = FloatVector.broadcast(SPECIES, a[from]);
      s00 = left.fma(b0, s00);
      s01 = left.fma(b1, s01);
      s02 = left.fma(b2, s02);
      left = FloatVector.broadcast(SPECIES, a[from + 1]);
      s10 = left.fma(b0, s10);
      s11 = left.fma(b1, s11);
      s12 = left.fma(b2, s12);
      left = FloatVector.broadcast(SPECIES, a[from + 2]);
      s20 = left.fma(b0, s20);
      s21 = left.fma(b1, s21);
      s22 = left.fma(b2, s22);
      left = FloatVector.broadcast(SPECIES, a[from + 3]);
      s30 = left.fma(b0, s30);
      s31 = left.fma(b1, s31);
      s32 = left.fma(b2, s32);
      left = FloatVector.broadcast(SPECIES, a[from + 4]);
      s40 = left.fma(b0, s40);
      s41 = left.fma(b1, s41);
      s42 = left.fma(b2, s42);
      left = FloatVector.broadcast(SPECIES, a[from + 5]);
      s50 = left.fma(b0, s50);
      s51 = left.fma(b1, s51);
      s52 = left.fma(b2, s52);
      left = FloatVector.broadcast(SPECIES, a[from + 6]);
      s60 = left.fma(b0, s60);
      s61 = left.fma(b1, s61);
      s62 = left.fma(b2, s62);
      left = FloatVector.broadcast(SPECIES, a[from + 7]);
      s70 = left.fma(b0, s70);
      s71 = left.fma(b1, s71);
      s72 = left.fma(b2, s72);
      at += COLUMNS;
      from += ROWS;
    }
    s00.intoArray(c0, column);
    s01.intoArray(c0, column + LENGTH);
    s02.intoArray(c0, column + 2 * LENGTH);
    s10.intoArray(c1, column);
    s11.intoArray(c1, column + LENGTH);
    s12.intoArray(c1, column + 2 * LENGTH);
    s20.intoArray(c2, column);
    s21.intoArray(c2, column + LENGTH);
    s22.intoArray(c2, column + 2 * LENGTH);
    s30.intoArray(c3, column);
    s31.intoArray(c3, column + LENGTH);
    s32.intoArray(c3, column + 2 * LENGTH);
    s40.intoArray(c4, column);
    s41.intoArray(c4, column + LENGTH);
    s42.intoArray(c4, column + 2 * LENGTH);
    s50.intoArray(c5, column);
    s51.intoArray(c5, column + LENGTH);
    s52.intoArray(c5, column + 2 * LENGTH);
    s60.intoArray(c6, column);
    s61.intoArray(c6, column + LENGTH);
    s62.intoArray(c6, column + 2 * LENGTH);
    s70.intoArray(c7, column);
    s71.intoArray(c7, column + LENGTH);
    s72.intoArray(c7, column + 2 * LENGTH);
  }

  /** The same for one narrow tile. */
  static void addNarrow(
      int depth,
      float[] a,
      int aFrom,
      float[] b,
      float[] c0,
      float[] c1,
      float[] c2,
      float[] c3,
      float[] c4,
      float[] c5,
      float[] c6,
      float[] c7,
      int column) {
    FloatVector s0 = FloatVector.fromArray(SPECIES, c0, column);
    FloatVector s1 = FloatVector.fromArray(SPECIES, c1, column);
    FloatVector s2 = FloatVector.fromArray(SPECIES, c2, column);
    FloatVector s3 = FloatVector.fromArray(SPECIES, c3, column);
    FloatVector s4 = FloatVector.fromArray(SPECIES, c4, column);
    FloatVector s5 = FloatVector.fromArray(SPECIES, c5, column);
    FloatVector s6 = FloatVector.fromArray(SPECIES, c6, column);
    FloatVector s7 = FloatVector.fromArray(SPECIES, c7, column);
    int at = 0;
    int from = aFrom;
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
      FloatVector left = FloatVector.broadcast(SPECIES, a[from]);
      s0 = left.fma(b0, s0);
      left = FloatVector.broadcast(SPECIES, a[from + 1]);
      s1 = left.fma(b0, s1);
      left = FloatVector.broadcast(SPECIES, a[from + 2]);
      s2 = left.fma(b0, s2);
      left = FloatVector.broadcast(SPECIES, a[from + 3]);
      s3 = left.fma(b0, s3);
      left = FloatVector.broadcast(SPECIES, a[from + 4]);
      s4 = left.fma(b0, s4);
      left = FloatVector.broadcast(SPECIES, a[from + 5]);
      s5 = left.fma(b0, s5);
      left = FloatVector.broadcast(SPECIES, a[from + 6]);
      s6 = left.fma(b0, s6);
      left = FloatVector.broadcast(SPECIES, a[from + 7]);
      s7 = left.fma(b0, s7);
      at += LENGTH;
      from += ROWS;
    }
    s0.intoArray(c0, column);
    s1.intoArray(c1, column);
    s2.intoArray(c2, column);
    s3.intoArray(c3, column);
    s4.intoArray(c4, column);
    s5.intoArray(c5, column);
    s6.intoArray(c6, column);
    s7.intoArray(c7, column);
  }
}
