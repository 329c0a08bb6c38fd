package org.attentionflow.barrier;

import org.attentionflow.dual.DenseKernel;
import org.attentionflow.dual.Sums;
import org.attentionflow.dual.WorkerThreads;

/**
 * The dense steps of {@link BlockCholesky} within one row panel: the factor of the group that is
 * eliminated, and systems with it. Rows are taken in strips; within a strip plain loops bring row
 * by row up to date, and the kernel does the rest. Blocks are of 32-bit numbers; diagonals, the
 * column of the super-sink and vectors are of 64.
 */
final class Panel {
  /** Rows factored at a time. */
  private static final int STRIP = 16;

  /** Rows that one thread brings up to date at a time. */
  private static final int ROWS = 64;

  /** Strips within which the kernel is given few rows; below them it is given all of these. */
  private static final int WIDE_STRIP = 64;

  /** Columns of R_ki that one of several threads computes at a time. */
  private static final int COLUMNS = 64;

  /** The same of a thread that works alone. */
  private static final int COLUMNS_ALONE = 512;

  /** Rows of A_ij that one of several threads computes at a time. */
  private static final int UPDATE_ROWS = 32;

  /** The same of a thread that works alone: B is laid out once for all of them. */
  private static final int UPDATE_ROWS_ALONE = 128;

  /** Rows that one thread multiplies by a vector at a time: else waking it takes longer. */
  private static final int PRODUCT_ROWS = 128;

  private final DenseKernel kernel;
  private final WorkerThreads workers;

  Panel(DenseKernel kernel, WorkerThreads workers) {
    this.kernel = kernel;
    this.workers = workers;
  }

  /**
   * Factors A_kk = RᵀR, the upper triangle in place. A pivot is minus the sum of the other entries
   * of its row. Elimination treats all columns alike, so those to the right of the triangle need
   * not be up to date: the sum of them is one more column.
   *
   * @param a off-diagonal entries of A_kk ≤ 0, above the diagonal; becomes R
   * @param diagonal receives the diagonal of R
   * @param coupling the blocks A_ki to the right of it, entries ≤ 0; only read
   * @param ground the column of the super-sink; becomes that of R
   * @return whether all pivots are positive, and they and their roots' inverses finite
   */
  boolean factor(float[][] a, double[] diagonal, float[][][] coupling, double[] ground) {
    int n = a.length;
    double[] outside = ground.clone();
    workers.run(
        (n + ROWS - 1) / ROWS,
        (worker, part) -> {
          for (int row = part * ROWS; row < Math.min(n, part * ROWS + ROWS); row++) {
            for (float[][] block : coupling) {
              outside[row] += Sums.sum(block[row], 0, block[row].length);
            }
          }
        });
    for (int top = 0; top < n; top += WIDE_STRIP) {
      int bottom = Math.min(n, top + WIDE_STRIP);
      for (int from = top; from < bottom; from += STRIP) {
        int to = Math.min(bottom, from + STRIP);
        if (!factorStrip(a, diagonal, from, to, outside, ground)) {
          return false;
        }
        kernel.subtractTransposedProduct(
            bottom - to, to - from, a, from, to, a, from, a, to, to, n, true);
      }
      updateBelow(a, top, bottom);
    }
    return true;
  }

  /** Rows [from, to), once those above have been subtracted from them. */
  private static boolean factorStrip(
      float[][] a, double[] diagonal, int from, int to, double[] outside, double[] ground) {
    int n = a.length;
    for (int row = from; row < to; row++) {
      PlainKernel.row(row - from, a, from, row, a, from, a[row], row + 1, n);
      double pivot = -Sums.sum(a[row], row + 1, n) - outside[row];
      diagonal[row] = Math.sqrt(pivot);
      double inverse = 1 / diagonal[row];
      if (!(pivot < Double.POSITIVE_INFINITY && (float) inverse < Float.POSITIVE_INFINITY)) {
        return false;
      }
      scale((float) inverse, a[row], row + 1, n);
      outside[row] *= inverse;
      ground[row] *= inverse;
      subtract(outside[row], a[row], outside, row + 1, n);
      subtract(ground[row], a[row], ground, row + 1, n);
    }
    return true;
  }

  private void updateBelow(float[][] a, int from, int to) {
    int n = a.length;
    workers.run(
        (n - to + ROWS - 1) / ROWS,
        (worker, part) -> {
          int top = to + part * ROWS;
          int rows = Math.min(ROWS, n - top);
          kernel.subtractTransposedProduct(
              rows, to - from, a, from, top, a, from, a, top, top, n, true);
        });
  }

  /** B ← R⁻ᵀ B. */
  void solve(float[][] r, double[] diagonal, float[][] b) {
    int columns = b.length == 0 ? 0 : b[0].length;
    int most = workers.count() == 1 ? COLUMNS_ALONE : COLUMNS;
    workers.run(
        (columns + most - 1) / most,
        (worker, part) -> {
          int first = part * most;
          solve(r, diagonal, b, first, Math.min(columns, first + most));
        });
  }

  /** The same in the columns [first, end). */
  private void solve(float[][] r, double[] diagonal, float[][] b, int first, int end) {
    int n = r.length;
    for (int top = 0; top < n; top += WIDE_STRIP) {
      int bottom = Math.min(n, top + WIDE_STRIP);
      for (int from = top; from < bottom; from += STRIP) {
        int to = Math.min(bottom, from + STRIP);
        for (int row = from; row < to; row++) {
          PlainKernel.row(row - from, r, from, row, b, from, b[row], first, end);
          scale((float) (1 / diagonal[row]), b[row], first, end);
        }
        kernel.subtractTransposedProduct(
            bottom - to, to - from, r, from, to, b, from, b, to, first, end, false);
      }
      kernel.subtractTransposedProduct(
          n - bottom, bottom - top, r, top, bottom, b, top, b, bottom, first, end, false);
    }
  }

  /**
   * Rows of R sum to 0, with the column of the super-sink, but for rounding: takes that from the
   * diagonal. Then what a group hangs on the rest by is not lost in it, however little that is.
   */
  void balance(float[][] r, double[] diagonal, float[][][] coupling, double[] ground) {
    int n = r.length;
    workers.run(
        (n + ROWS - 1) / ROWS,
        (worker, part) -> {
          for (int row = part * ROWS; row < Math.min(n, part * ROWS + ROWS); row++) {
            double sum = ground[row] + Sums.sum(r[row], row + 1, n);
            for (float[][] block : coupling) {
              sum += Sums.sum(block[row], 0, block[row].length);
            }
            diagonal[row] = -sum;
          }
        });
  }

  /** C ← C − AᵀB, or its upper triangle. */
  void update(float[][] a, float[][] b, float[][] c, boolean isDiagonal) {
    int rows = c.length;
    int columns = rows == 0 ? 0 : c[0].length;
    int most = workers.count() == 1 ? UPDATE_ROWS_ALONE : UPDATE_ROWS;
    workers.run(
        (rows + most - 1) / most,
        (worker, part) -> {
          int top = part * most;
          int height = Math.min(most, rows - top);
          int first = isDiagonal ? top : 0;
          kernel.subtractTransposedProduct(
              height, a.length, a, 0, top, b, 0, c, top, first, columns, isDiagonal);
        });
  }

  private static void scale(float factor, float[] row, int from, int to) {
    for (int j = from; j < to; j++) {
      row[j] *= factor;
    }
  }

  /** x ← R⁻ᵀ x. */
  static void solveTransposed(float[][] r, double[] diagonal, double[] x) {
    for (int row = 0; row < r.length; row++) {
      x[row] /= diagonal[row];
      subtract(x[row], r[row], x, row + 1, r.length);
    }
  }

  /** y ← y − Bᵀx. */
  static void subtractTransposed(float[][] b, double[] x, double[] y) {
    int row = 0;
    for (; row + 4 <= b.length; row += 4) {
      subtract(
          x[row],
          b[row],
          x[row + 1],
          b[row + 1],
          x[row + 2],
          b[row + 2],
          x[row + 3],
          b[row + 3],
          y,
          0,
          y.length);
    }
    for (; row < b.length; row++) {
      subtract(x[row], b[row], y, 0, y.length);
    }
  }

  /** y ← y − Σ x_i b_i over four rows, in the columns [from, to). */
  private static void subtract(
      double x0,
      float[] b0,
      double x1,
      float[] b1,
      double x2,
      float[] b2,
      double x3,
      float[] b3,
      double[] y,
      int from,
      int to) {
    for (int j = from; j < to; j++) {
      y[j] = y[j] - (x0 * b0[j] + x1 * b1[j] + (x2 * b2[j] + x3 * b3[j]));
    }
  }

  /** y ← y − x b in the columns [from, to). */
  private static void subtract(double x, float[] b, double[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] -= x * b[j];
    }
  }

  /** y ← y − Bx. */
  void subtractProduct(float[][] b, double[] x, double[] y) {
    workers.run(
        (b.length + PRODUCT_ROWS - 1) / PRODUCT_ROWS,
        (worker, part) -> {
          int end = Math.min(b.length, (part + 1) * PRODUCT_ROWS);
          for (int row = part * PRODUCT_ROWS; row < end; row++) {
            y[row] -= Sums.of(b[row], x, 0, x.length);
          }
        });
  }

  /** x ← R⁻¹ x. */
  static void solveUpper(float[][] r, double[] diagonal, double[] x) {
    for (int row = r.length - 1; row >= 0; row--) {
      x[row] = (x[row] - Sums.of(r[row], x, row + 1, r.length)) / diagonal[row];
    }
  }
}
