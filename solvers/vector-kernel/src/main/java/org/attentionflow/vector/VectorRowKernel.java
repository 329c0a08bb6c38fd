package org.attentionflow.vector;

import org.attentionflow.dual.RowKernel;

/**
 * {@link RowKernel} on the incubating Vector API. Available where the Java virtual machine was
 * started with {@code --add-modules jdk.incubator.vector} and its vectors hold eight doubles.
 *
 * <p>Four rows are taken at once: then the heads are loaded, and the sums for them loaded and
 * stored, once for four conductances.
 */
public final class VectorRowKernel implements RowKernel {
  private static final String MODULE = "jdk.incubator.vector";

  @Override
  public String name() {
    return "vector-rows";
  }

  @Override
  public String summary() {
    return "Products with rows of 32-bit numbers on the Vector API.";
  }

  @Override
  public boolean isAvailable() {
    return ModuleLayer.boot().findModule(MODULE).isPresent() && VectorRows.isWide();
  }

  @Override
  public void multiply(
      float[][] rows,
      int first,
      int end,
      int columns,
      double[] heads,
      double[] tails,
      double[] dots,
      double[] into) {
    double[] lanes = new double[VectorRows.ROWS * LANES];
    int whole = columns - columns % LANES;
    int row = first;
    for (; row + VectorRows.ROWS <= end; row += VectorRows.ROWS) {
      VectorRows.four(rows, row, whole, heads, tails, into, lanes);
      for (int i = 0; i < VectorRows.ROWS; i++) {
        dots[row + i - first] = dot(rows[row + i], whole, columns, heads, lanes, i * LANES);
        add(rows[row + i], whole, columns, tails[row + i], into);
      }
    }
    for (; row < end; row++) {
      VectorRows.dotOne(rows[row], whole, heads, lanes);
      dots[row - first] = dot(rows[row], whole, columns, heads, lanes, 0);
      VectorRows.addOne(rows[row], whole, tails[row], into);
      add(rows[row], whole, columns, tails[row], into);
    }
  }

  @Override
  public void multiplyTwice(
      float[][] rows,
      int first,
      int end,
      int columns,
      double[] heads,
      double[] weights,
      double[] dots,
      double[] into) {
    double[] lanes = new double[VectorRows.ROWS * LANES];
    int whole = columns - columns % LANES;
    int row = first;
    for (; row + VectorRows.ROWS <= end; row += VectorRows.ROWS) {
      VectorRows.dotFour(rows, row, whole, heads, lanes);
      for (int i = 0; i < VectorRows.ROWS; i++) {
        dots[row + i - first] =
            weights[row + i] * dot(rows[row + i], whole, columns, heads, lanes, i * LANES);
      }
      VectorRows.addFour(rows, row, whole, dots, row - first, into);
      for (int i = 0; i < VectorRows.ROWS; i++) {
        add(rows[row + i], whole, columns, dots[row + i - first], into);
      }
    }
    for (; row < end; row++) {
      VectorRows.dotOne(rows[row], whole, heads, lanes);
      dots[row - first] = weights[row] * dot(rows[row], whole, columns, heads, lanes, 0);
      VectorRows.addOne(rows[row], whole, dots[row - first], into);
      add(rows[row], whole, columns, dots[row - first], into);
    }
  }

  /** Goes on with the chains of a row where no vector is filled, and joins them. */
  private static double dot(
      float[] row, int whole, int columns, double[] heads, double[] lanes, int at) {
    for (int j = whole; j < columns; j++) {
      lanes[at + j - whole] = Math.fma(row[j], heads[j], lanes[at + j - whole]);
    }
    return RowKernel.join(lanes, at);
  }

  /** Adds a row times a factor where no vector is filled. */
  private static void add(float[] row, int whole, int columns, double factor, double[] into) {
    for (int j = whole; j < columns; j++) {
      into[j] = Math.fma(row[j], factor, into[j]);
    }
  }
}
