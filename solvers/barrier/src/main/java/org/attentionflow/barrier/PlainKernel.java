package org.attentionflow.barrier;

import org.attentionflow.dual.DenseKernel;

/**
 * {@link DenseKernel} in plain Java: some 20 to 30 GFLOP/s on one thread where 512-bit vectors are
 * at hand (benchmark {@code MultiplyBenchmark}). Four rows of B are combined in each innermost
 * loop, and B is taken in panels that stay in the second-level cache. More rows of B, or several of
 * C, would be faster but for the compiler: it vectorises neither a loop that long nor one that
 * changes two arrays it reads.
 */
final class PlainKernel implements DenseKernel {
  /** Rows of B in a panel. */
  private static final int PANEL_ROWS = 64;

  /** Columns of B in a panel: 64 × 256 numbers are 64 KiB. */
  private static final int PANEL_COLUMNS = 256;

  @Override
  public String name() {
    return "java";
  }

  @Override
  public String summary() {
    return "Plain Java loops that the compiler vectorises.";
  }

  @Override
  public boolean isAvailable() {
    return true;
  }

  @Override
  public void subtractTransposedProduct(
      int m,
      int k,
      float[][] a,
      int aRow,
      int aColumn,
      float[][] b,
      int bRow,
      float[][] c,
      int cRow,
      int first,
      int end,
      boolean isUpper) {
    for (int left = first; left < end; left += PANEL_COLUMNS) {
      int right = Math.min(end, left + PANEL_COLUMNS);
      for (int top = 0; top < k; top += PANEL_ROWS) {
        int depth = Math.min(PANEL_ROWS, k - top);
        for (int i = 0; i < m; i++) {
          int from = isUpper ? Math.max(left, first + i) : left;
          if (from < right) {
            row(depth, a, aRow + top, aColumn + i, b, bRow + top, c[cRow + i], from, right);
          }
        }
      }
    }
  }

  /** One row of C minus a combination of rows of B. */
  static void row(
      int depth,
      float[][] a,
      int aRow,
      int aColumn,
      float[][] b,
      int bRow,
      float[] c,
      int from,
      int to) {
    int p = 0;
    for (; p + 4 <= depth; p += 4) {
      subtract(
          a[aRow + p][aColumn],
          b[bRow + p],
          a[aRow + p + 1][aColumn],
          b[bRow + p + 1],
          a[aRow + p + 2][aColumn],
          b[bRow + p + 2],
          a[aRow + p + 3][aColumn],
          b[bRow + p + 3],
          c,
          from,
          to);
    }
    for (; p < depth; p++) {
      subtract(a[aRow + p][aColumn], b[bRow + p], c, from, to);
    }
  }

  /** The same for four rows at once. */
  private static void subtract(
      float a0,
      float[] b0,
      float a1,
      float[] b1,
      float a2,
      float[] b2,
      float a3,
      float[] b3,
      float[] c,
      int from,
      int to) {
    float minus0 = -a0;
    float minus1 = -a1;
    float minus2 = -a2;
    float minus3 = -a3;
    for (int j = from; j < to; j++) {
      float one = Math.fma(minus1, b1[j], Math.fma(minus0, b0[j], c[j]));
      c[j] = Math.fma(minus3, b3[j], Math.fma(minus2, b2[j], one));
    }
  }

  /** c ← c − a·b in the columns [from, to). */
  private static void subtract(float a, float[] b, float[] c, int from, int to) {
    float minus = -a;
    for (int j = from; j < to; j++) {
      c[j] = Math.fma(minus, b[j], c[j]);
    }
  }
}
