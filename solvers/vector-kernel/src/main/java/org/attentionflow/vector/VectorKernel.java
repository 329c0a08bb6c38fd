package org.attentionflow.vector;

import org.attentionflow.dual.DenseKernel;

/**
 * {@link DenseKernel} on the incubating Vector API: some 70 GFLOP/s on one thread where 512-bit
 * vectors are at hand. Available where the Java virtual machine was started with {@code
 * --add-modules jdk.incubator.vector} and its vectors hold four doubles or more.
 *
 * <p>C is taken in blocks of a few vectors' width, k in panels. The panels of A and B are copied
 * into the order in which {@link VectorTile} reads them; it keeps a tile of C in registers
 * meanwhile. What is left over at the edges is done by plain loops, entry by entry the same chain.
 *
 * <p>Source: Goto and van de Geijn, Anatomy of high-performance matrix multiplication, ACM Trans.
 * Math. Softw. 34 (2008).
 */
public final class VectorKernel implements DenseKernel {
  private static final String MODULE = "jdk.incubator.vector";

  /** Rows of A and B in a panel. */
  private static final int PANEL_ROWS = 128;

  /** Buffers of a thread: B's panel and A's, both as tiles read them. */
  private static final class Buffers {
    final double[] b = new double[PANEL_ROWS * VectorTile.COLUMNS];
    double[] a = new double[0];

    double[] a(int length) {
      if (a.length < length) {
        a = new double[length];
      }
      return a;
    }
  }

  private final ThreadLocal<Buffers> buffers = ThreadLocal.withInitial(Buffers::new);

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public String summary() {
    return "Register-blocked products on the Vector API.";
  }

  @Override
  public boolean isAvailable() {
    return ModuleLayer.boot().findModule(MODULE).isPresent() && VectorTile.isWide();
  }

  @Override
  public void subtractTransposedProduct(
      int m,
      int k,
      double[][] a,
      int aRow,
      int aColumn,
      double[][] b,
      int bRow,
      double[][] c,
      int cRow,
      int first,
      int end,
      boolean isUpper) {
    int tiles = m / VectorTile.ROWS;
    int wideEnd = end - (end - first) % VectorTile.COLUMNS;
    int vectorEnd = tiles > 0 ? end - (end - first) % VectorTile.LENGTH : first;
    Buffers of = buffers.get();
    for (int top = 0; top < k && vectorEnd > first; top += PANEL_ROWS) {
      int depth = Math.min(PANEL_ROWS, k - top);
      double[] left = of.a(tiles * VectorTile.ROWS * depth);
      packLeft(tiles, depth, a, aRow + top, aColumn, left);
      for (int column = first; column < wideEnd; column += VectorTile.COLUMNS) {
        packRight(depth, b, bRow + top, column, of.b);
        int used = used(tiles, column + VectorTile.COLUMNS - first, isUpper);
        for (int tile = 0; tile < used; tile++) {
          int row = cRow + tile * VectorTile.ROWS;
          int from = tile * VectorTile.ROWS * depth;
          VectorTile.add(
              depth, left, from, of.b, c[row], c[row + 1], c[row + 2], c[row + 3], column);
        }
      }
      for (int column = wideEnd; column < vectorEnd; column += VectorTile.LENGTH) {
        int used = used(tiles, column + VectorTile.LENGTH - first, isUpper);
        for (int tile = 0; tile < used; tile++) {
          int row = cRow + tile * VectorTile.ROWS;
          int from = tile * VectorTile.ROWS * depth;
          VectorTile.addNarrow(
              depth, left, from, b, bRow + top, c[row], c[row + 1], c[row + 2], c[row + 3], column);
        }
      }
    }
    int done = tiles * VectorTile.ROWS;
    for (int i = 0; i < m; i++) {
      int from = Math.max(i < done ? vectorEnd : first, isUpper ? first + i : first);
      if (from < end) {
        edge(k, a, aRow, aColumn + i, b, bRow, c[cRow + i], from, end);
      }
    }
  }

  /** The tiles that count: of an upper triangle those above the diagonal in the first columns. */
  private static int used(int tiles, int columns, boolean isUpper) {
    return isUpper ? Math.min(tiles, (columns + VectorTile.ROWS - 1) / VectorTile.ROWS) : tiles;
  }

  /** Minus A, tile after tile; within a tile the entries of a row of A next to each other. */
  private static void packLeft(
      int tiles, int depth, double[][] a, int aRow, int aColumn, double[] left) {
    for (int p = 0; p < depth; p++) {
      double[] row = a[aRow + p];
      for (int tile = 0; tile < tiles; tile++) {
        int at = (tile * depth + p) * VectorTile.ROWS;
        int from = aColumn + tile * VectorTile.ROWS;
        left[at] = -row[from];
        left[at + 1] = -row[from + 1];
        left[at + 2] = -row[from + 2];
        left[at + 3] = -row[from + 3];
      }
    }
  }

  private static void packRight(int depth, double[][] b, int bRow, int column, double[] right) {
    for (int p = 0; p < depth; p++) {
      System.arraycopy(b[bRow + p], column, right, p * VectorTile.COLUMNS, VectorTile.COLUMNS);
    }
  }

  /** Part of a row of C in plain loops. */
  private static void edge(
      int k,
      double[][] a,
      int aRow,
      int aColumn,
      double[][] b,
      int bRow,
      double[] c,
      int from,
      int end) {
    for (int p = 0; p < k; p++) {
      double minus = -a[aRow + p][aColumn];
      double[] row = b[bRow + p];
      for (int j = from; j < end; j++) {
        c[j] = Math.fma(minus, row[j], c[j]);
      }
    }
  }
}
