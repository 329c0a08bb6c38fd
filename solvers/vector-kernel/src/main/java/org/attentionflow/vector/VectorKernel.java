package org.attentionflow.vector;

import org.attentionflow.dual.DenseKernel;

/**
 * {@link DenseKernel} on the incubating Vector API: some 115 to 130 GFLOP/s on one thread where
 * 512-bit vectors are at hand (benchmark {@code MultiplyBenchmark}, 512 rows). Available where the
 * Java virtual machine was started with {@code --add-modules jdk.incubator.vector} and its vectors
 * hold eight numbers or more.
 *
 * <p>C is taken in blocks of a few vectors' width, k in panels. The panels of A and B are copied
 * into the order in which {@link VectorTile} reads them; it keeps a tile of C in registers
 * meanwhile. Where a tile reaches beyond C, zeros stand in A and B: what is left over takes no path
 * of its own.
 *
 * <p>Source: Goto and van de Geijn, Anatomy of high-performance matrix multiplication, ACM Trans.
 * Math. Softw. 34 (2008).
 */
public final class VectorKernel implements DenseKernel {
  private static final String MODULE = "jdk.incubator.vector";

  /** Rows of A and B in a panel. */
  private static final int PANEL_ROWS = 128;

  /** Buffers of a thread. */
  private static final class Buffers {
    /** The panel of B as tiles read it. */
    final float[] b = new float[PANEL_ROWS * VectorTile.COLUMNS];

    /** Stands for a tile of C of which not all columns are there. */
    final float[][] corner = new float[VectorTile.ROWS][VectorTile.LENGTH];

    /** The rows of a tile of C. */
    final float[][] rows = new float[VectorTile.ROWS][];

    /** The panel of A as tiles read it. */
    float[] a = new float[0];

    /** Stands for the rows of a tile that reach below C. */
    float[] below = new float[0];

    void reserve(int forA, int end) {
      if (a.length < forA) {
        a = new float[forA];
      }
      if (below.length < end) {
        below = new float[end];
      }
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
    int tiles = tiles(m);
    int wideEnd = end - (end - first) % VectorTile.COLUMNS;
    Buffers of = buffers.get();
    of.reserve(tiles * VectorTile.ROWS * Math.min(k, PANEL_ROWS), end);
    for (int top = 0; top < k; top += PANEL_ROWS) {
      int depth = Math.min(PANEL_ROWS, k - top);
      for (int tile = 0; tile < tiles; tile++) {
        int from = tile * VectorTile.ROWS;
        int rows = Math.min(VectorTile.ROWS, m - from);
        VectorTile.pack(depth, a, aRow + top, aColumn + from, rows, of.a, from * depth);
      }
      int width = VectorTile.COLUMNS;
      for (int column = first; column < end; column += width) {
        width = column < wideEnd ? VectorTile.COLUMNS : Math.min(VectorTile.LENGTH, end - column);
        if (width < VectorTile.LENGTH) {
          VectorTile.packMinusFew(depth, b, bRow + top, column, width, of.b);
        } else {
          VectorTile.packMinus(depth, b, bRow + top, column, width, of.b);
        }
        int used = isUpper ? Math.min(tiles, tiles(column + width - first)) : tiles;
        for (int tile = 0; tile < used; tile++) {
          int from = tile * VectorTile.ROWS;
          int rows = Math.min(VectorTile.ROWS, m - from);
          add(depth, from * depth, of, c, cRow + from, rows, column, width);
        }
      }
    }
  }

  /** How many tiles so many rows need. */
  private static int tiles(int rows) {
    return (rows + VectorTile.ROWS - 1) / VectorTile.ROWS;
  }

  /** One tile. If its columns are not all there, their copy is changed in their place. */
  private static void add(
      int depth, int aFrom, Buffers of, float[][] c, int row, int rows, int column, int width) {
    float[][] r = of.rows;
    for (int i = 0; i < VectorTile.ROWS; i++) {
      r[i] = i < rows ? c[row + i] : of.below;
    }
    float[] a = of.a;
    float[] b = of.b;
    if (width == VectorTile.COLUMNS) {
      VectorTile.add(depth, a, aFrom, b, r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], column);
    } else if (width == VectorTile.LENGTH) {
      VectorTile.addNarrow(
          depth, a, aFrom, b, r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], column);
    } else {
      float[][] k = of.corner;
      for (int i = 0; i < rows; i++) {
        System.arraycopy(r[i], column, k[i], 0, width);
      }
      VectorTile.addNarrow(depth, a, aFrom, b, k[0], k[1], k[2], k[3], k[4], k[5], k[6], k[7], 0);
      for (int i = 0; i < rows; i++) {
        System.arraycopy(k[i], 0, r[i], column, width);
      }
    }
  }
}
