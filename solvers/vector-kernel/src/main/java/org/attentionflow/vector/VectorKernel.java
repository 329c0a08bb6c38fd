package org.attentionflow.vector;

import org.attentionflow.dual.DenseKernel;

/**
 * {@link DenseKernel} on the incubating Vector API: some 140 GFLOP/s on one thread where 512-bit
 * vectors are at hand. Available where the Java virtual machine was started with {@code
 * --add-modules jdk.incubator.vector} and its vectors hold eight numbers or more.
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

  /** Buffers of a thread: panels of A and B, both as tiles read them. */
  private static final class Buffers {
    final float[] b = new float[PANEL_ROWS * VectorTile.COLUMNS];
    float[] a = new float[0];

    float[] a(int length) {
      if (a.length < length) {
        a = new float[length];
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
    int tiles = m / VectorTile.ROWS;
    int wideEnd = end - (end - first) % VectorTile.COLUMNS;
    int vectorEnd = tiles > 0 ? end - (end - first) % VectorTile.LENGTH : first;
    float[] left = buffers.get().a(tiles * VectorTile.ROWS * PANEL_ROWS);
    float[] right = buffers.get().b;
    for (int top = 0; top < k; top += PANEL_ROWS) {
      int depth = Math.min(PANEL_ROWS, k - top);
      for (int tile = 0; tile < tiles; tile++) {
        int from = tile * VectorTile.ROWS;
        VectorTile.pack(depth, a, aRow + top, aColumn + from, left, from * depth);
      }
      int width = VectorTile.COLUMNS;
      for (int column = first; column < vectorEnd; column += width) {
        width = column < wideEnd ? VectorTile.COLUMNS : VectorTile.LENGTH;
        VectorTile.packMinus(depth, b, bRow + top, column, width, right);
        int used = isUpper ? Math.min(tiles, tiles(column + width - first)) : tiles;
        for (int tile = 0; tile < used; tile++) {
          int row = tile * VectorTile.ROWS;
          add(depth, left, row * depth, right, c, cRow + row, column, width);
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

  /** How many tiles so many rows need. */
  private static int tiles(int rows) {
    return (rows + VectorTile.ROWS - 1) / VectorTile.ROWS;
  }

  private static void add(
      int depth, float[] a, int aFrom, float[] b, float[][] c, int row, int column, int width) {
    float[] c0 = c[row];
    float[] c1 = c[row + 1];
    float[] c2 = c[row + 2];
    float[] c3 = c[row + 3];
    float[] c4 = c[row + 4];
    float[] c5 = c[row + 5];
    float[] c6 = c[row + 6];
    float[] c7 = c[row + 7];
    if (width == VectorTile.COLUMNS) {
      VectorTile.add(depth, a, aFrom, b, c0, c1, c2, c3, c4, c5, c6, c7, column);
    } else {
      VectorTile.addNarrow(depth, a, aFrom, b, c0, c1, c2, c3, c4, c5, c6, c7, column);
    }
  }

  /** Part of a row of C in plain loops. */
  private static void edge(
      int k,
      float[][] a,
      int aRow,
      int aColumn,
      float[][] b,
      int bRow,
      float[] c,
      int from,
      int end) {
    for (int p = 0; p < k; p++) {
      float minus = -a[aRow + p][aColumn];
      float[] row = b[bRow + p];
      for (int j = from; j < end; j++) {
        c[j] = Math.fma(minus, row[j], c[j]);
      }
    }
  }
}
