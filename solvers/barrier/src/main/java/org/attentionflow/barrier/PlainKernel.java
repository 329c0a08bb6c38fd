package org.attentionflow.barrier;

/**
 * {@link DenseKernel} in plain Java. Four rows of C and four rows of B are combined in each inner
 * loop, which runs along contiguous rows so that the compiler makes vector instructions of it; B is
 * taken in panels that stay in the second-level cache.
 */
final class PlainKernel implements DenseKernel {
  /** Rows of B in a panel. */
  private static final int PANEL_ROWS = 64;

  /** Columns of B in a panel: 64 × 256 doubles are 128 KiB. */
  private static final int PANEL_COLUMNS = 256;

  @Override
  public void subtractTransposedProduct(
      int m,
      int n,
      int k,
      double[] a,
      int aFrom,
      int aStride,
      double[] b,
      int bFrom,
      int bStride,
      double[] c,
      int cFrom,
      int cStride,
      boolean onlyUpper) {
    for (int column = 0; column < n; column += PANEL_COLUMNS) {
      int end = Math.min(n, column + PANEL_COLUMNS);
      for (int row = 0; row < k; row += PANEL_ROWS) {
        int depth = Math.min(PANEL_ROWS, k - row);
        for (int i = 0; i < m; i += 4) {
          int first = onlyUpper ? Math.max(column, i) : column;
          if (first < end) {
            int width = end - first;
            int aAt = aFrom + row * aStride + i;
            int bAt = bFrom + row * bStride + first;
            int cAt = cFrom + i * cStride + first;
            if (i + 4 <= m) {
              fourRows(width, depth, a, aAt, aStride, b, bAt, bStride, c, cAt, cStride);
            } else {
              for (int rest = 0; rest < m - i; rest++) {
                oneRow(
                    width, depth, a, aAt + rest, aStride, b, bAt, bStride, c, cAt + rest * cStride);
              }
            }
          }
        }
      }
    }
  }

  private static void fourRows(
      int width,
      int depth,
      double[] a,
      int aAt,
      int aStride,
      double[] b,
      int bAt,
      int bStride,
      double[] c,
      int cAt,
      int cStride) {
    int p = 0;
    for (; p + 4 <= depth; p += 4) {
      fourByFour(
          width, a, aAt + p * aStride, aStride, b, bAt + p * bStride, bStride, c, cAt, cStride);
    }
    for (; p < depth; p++) {
      int at = aAt + p * aStride;
      for (int i = 0; i < 4; i++) {
        axpy(width, a[at + i], b, bAt + p * bStride, c, cAt + i * cStride);
      }
    }
  }

  /** Four rows of C minus the products of a 4 × 4 tile of Aᵀ with four rows of B. */
  private static void fourByFour(
      int width,
      double[] a,
      int aAt,
      int aStride,
      double[] b,
      int b0,
      int bStride,
      double[] c,
      int c0,
      int cStride) {
    int b1 = b0 + bStride;
    int b2 = b1 + bStride;
    int b3 = b2 + bStride;
    for (int i = 0; i < 4; i++) {
      double a0 = a[aAt + i];
      double a1 = a[aAt + aStride + i];
      double a2 = a[aAt + 2 * aStride + i];
      double a3 = a[aAt + 3 * aStride + i];
      int ci = c0 + i * cStride;
      for (int j = 0; j < width; j++) {
        c[ci + j] -= a0 * b[b0 + j] + a1 * b[b1 + j] + (a2 * b[b2 + j] + a3 * b[b3 + j]);
      }
    }
  }

  private static void oneRow(
      int width,
      int depth,
      double[] a,
      int aAt,
      int aStride,
      double[] b,
      int bAt,
      int bStride,
      double[] c,
      int cAt) {
    for (int p = 0; p < depth; p++) {
      axpy(width, a[aAt + p * aStride], b, bAt + p * bStride, c, cAt);
    }
  }

  /** c ← c − a·b. */
  private static void axpy(int width, double a, double[] b, int bAt, double[] c, int cAt) {
    for (int j = 0; j < width; j++) {
      c[cAt + j] -= a * b[bAt + j];
    }
  }
}
