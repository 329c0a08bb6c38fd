package org.attentionflow.laplacian;

import java.util.Arrays;
import org.attentionflow.dual.RowKernel;

/**
 * {@link RowKernel} in plain Java. A strip of a row is widened into a buffer and summed with eight
 * accumulators in one loop, which stays scalar, and added to the heads in another, which the
 * compiler vectorises. Strips keep the buffers in the nearest cache.
 */
final class PlainRowKernel implements RowKernel {
  /** Columns at a time, a multiple of the lanes. */
  private static final int STRIP = 512;

  @Override
  public String name() {
    return "java";
  }

  @Override
  public String summary() {
    return "Plain Java loops.";
  }

  @Override
  public boolean isAvailable() {
    return true;
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
    int count = end - first;
    double[] lanes = new double[count * LANES];
    double[] row = new double[STRIP];
    double[] x = new double[STRIP];
    double[] y = new double[STRIP];
    for (int from = 0; from < columns; from += STRIP) {
      int width = Math.min(STRIP, columns - from);
      System.arraycopy(heads, from, x, 0, width);
      System.arraycopy(into, from, y, 0, width);
      for (int i = 0; i < count; i++) {
        dot(rows[first + i], from, width, x, row, lanes, i * LANES);
        add(tails[first + i], row, y, width);
      }
      System.arraycopy(y, 0, into, from, width);
    }
    for (int i = 0; i < count; i++) {
      dots[i] = RowKernel.join(lanes, i * LANES);
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
    double[] lanes = new double[LANES];
    double[] row = new double[columns];
    for (int i = first; i < end; i++) {
      Arrays.fill(lanes, 0);
      dot(rows[i], 0, columns, heads, row, lanes, 0);
      dots[i - first] = weights[i] * RowKernel.join(lanes, 0);
      add(dots[i - first], row, into, columns);
    }
  }

  /** Widens a strip of a row and goes on with its chains. */
  private static void dot(
      float[] from, int start, int width, double[] x, double[] row, double[] lanes, int at) {
    double s0 = lanes[at];
    double s1 = lanes[at + 1];
    double s2 = lanes[at + 2];
    double s3 = lanes[at + 3];
    double s4 = lanes[at + 4];
    double s5 = lanes[at + 5];
    double s6 = lanes[at + 6];
    double s7 = lanes[at + 7];
    int whole = width - width % LANES;
    for (int j = 0; j < whole; j += LANES) {
      s0 = Math.fma(row[j] = from[start + j], x[j], s0);
      s1 = Math.fma(row[j + 1] = from[start + j + 1], x[j + 1], s1);
      s2 = Math.fma(row[j + 2] = from[start + j + 2], x[j + 2], s2);
      s3 = Math.fma(row[j + 3] = from[start + j + 3], x[j + 3], s3);
      s4 = Math.fma(row[j + 4] = from[start + j + 4], x[j + 4], s4);
      s5 = Math.fma(row[j + 5] = from[start + j + 5], x[j + 5], s5);
      s6 = Math.fma(row[j + 6] = from[start + j + 6], x[j + 6], s6);
      s7 = Math.fma(row[j + 7] = from[start + j + 7], x[j + 7], s7);
    }
    lanes[at] = s0;
    lanes[at + 1] = s1;
    lanes[at + 2] = s2;
    lanes[at + 3] = s3;
    lanes[at + 4] = s4;
    lanes[at + 5] = s5;
    lanes[at + 6] = s6;
    lanes[at + 7] = s7;
    for (int j = whole; j < width; j++) {
      row[j] = from[start + j];
      lanes[at + j - whole] = Math.fma(row[j], x[j], lanes[at + j - whole]);
    }
  }

  private static void add(double factor, double[] row, double[] into, int width) {
    for (int j = 0; j < width; j++) {
      into[j] = Math.fma(row[j], factor, into[j]);
    }
  }
}
