package org.attentionflow.barrier;

import org.attentionflow.dual.DenseKernel;
import org.attentionflow.dual.Sums;
import org.attentionflow.dual.WorkerThreads;

/**
 * The dense steps of {@link BlockCholesky} within one row panel: the factor of the group that is
 * eliminated, and systems with it. Rows are taken in strips; within a strip plain loops bring row
 * by row up to date, and the kernel does the rest.
 */
final class Panel {
  /** Rows factored at a time. */
  private static final int STRIP = 16;

  /** Rows that one thread brings up to date at a time. */
  private static final int ROWS = 64;

  /** Strips within which the kernel is given few rows; below them it is given all of these. */
  private static final int WIDE_STRIP = 64;

  /** Columns of R_ki that one thread computes at a time. */
  private static final int COLUMNS = 64;

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
   * @param a off-diagonal entries of A_kk ≤ 0, in the upper triangle; becomes R
   * @param coupling the blocks A_ki to the right of it, entries ≤ 0; only read
   * @param ground the column of the super-sink; becomes that of R
   * @return whether all pivots are positive and finite
   */
  boolean factor(double[][] a, double[][][] coupling, double[] ground) {
    int n = a.length;
    double[] outside = ground.clone();
    workers.run(
        (n + ROWS - 1) / ROWS,
        (worker, part) -> {
          for (int row = part * ROWS; row < Math.min(n, part * ROWS + ROWS); row++) {
            for (double[][] block : coupling) {
              outside[row] += Sums.sum(block[row], 0, block[row].length);
            }
          }
        });
    for (int top = 0; top < n; top += WIDE_STRIP) {
      int bottom = Math.min(n, top + WIDE_STRIP);
      for (int from = top; from < bottom; from += STRIP) {
        int to = Math.min(bottom, from + STRIP);
        if (!factorStrip(a, from, to, outside, ground)) {
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
      double[][] a, int from, int to, double[] outside, double[] ground) {
    int n = a.length;
    for (int row = from; row < to; row++) {
      PlainKernel.row(row - from, a, from, row, a, from, a[row], row + 1, n);
      double pivot = -Sums.sum(a[row], row + 1, n) - outside[row];
      if (!(pivot > 0 && pivot < Double.POSITIVE_INFINITY)) {
        return false;
      }
      double inverse = 1 / Math.sqrt(pivot);
      a[row][row] = pivot * inverse;
      scale(inverse, a[row], row + 1, n);
      outside[row] *= inverse;
      ground[row] *= inverse;
      PlainKernel.subtract(outside[row], a[row], outside, row + 1, n);
      PlainKernel.subtract(ground[row], a[row], ground, row + 1, n);
    }
    return true;
  }

  private void updateBelow(double[][] a, int from, int to) {
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
  void solve(double[][] r, double[][] b) {
    int columns = b.length == 0 ? 0 : b[0].length;
    workers.run(
        (columns + COLUMNS - 1) / COLUMNS,
        (worker, part) -> {
          int first = part * COLUMNS;
          solve(r, b, first, Math.min(columns, first + COLUMNS));
        });
  }

  /** The same in the columns [first, end). */
  private void solve(double[][] r, double[][] b, int first, int end) {
    int n = r.length;
    for (int top = 0; top < n; top += WIDE_STRIP) {
      int bottom = Math.min(n, top + WIDE_STRIP);
      for (int from = top; from < bottom; from += STRIP) {
        int to = Math.min(bottom, from + STRIP);
        for (int row = from; row < to; row++) {
          PlainKernel.row(row - from, r, from, row, b, from, b[row], first, end);
          scale(1 / r[row][row], b[row], first, end);
        }
        kernel.subtractTransposedProduct(
            bottom - to, to - from, r, from, to, b, from, b, to, first, end, false);
      }
      kernel.subtractTransposedProduct(
          n - bottom, bottom - top, r, top, bottom, b, top, b, bottom, first, end, false);
    }
  }

  /** C ← C − AᵀB, or its upper triangle. */
  void update(double[][] a, double[][] b, double[][] c, boolean isDiagonal) {
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

  private static void scale(double factor, double[] row, int from, int to) {
    for (int j = from; j < to; j++) {
      row[j] *= factor;
    }
  }

  /** x ← R⁻ᵀ x. */
  static void solveTransposed(double[][] r, double[] x) {
    for (int row = 0; row < r.length; row++) {
      x[row] /= r[row][row];
      PlainKernel.subtract(x[row], r[row], x, row + 1, r.length);
    }
  }

  /** y ← y − Bᵀx. */
  static void subtractTransposed(double[][] b, double[] x, double[] y) {
    int row = 0;
    for (; row + 4 <= b.length; row += 4) {
      PlainKernel.subtract(
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
      PlainKernel.subtract(x[row], b[row], y, 0, y.length);
    }
  }

  /** y ← y − Bx. */
  void subtractProduct(double[][] b, double[] x, double[] y) {
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
  static void solveUpper(double[][] r, double[] x) {
    for (int row = r.length - 1; row >= 0; row--) {
      x[row] = (x[row] - Sums.of(r[row], x, row + 1, r.length)) / r[row][row];
    }
  }
}
