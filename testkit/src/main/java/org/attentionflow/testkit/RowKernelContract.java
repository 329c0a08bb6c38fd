package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.attentionflow.dual.RowKernel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link RowKernel} keeps: the chains of its definition, bit for bit. */
public abstract class RowKernelContract extends PluginContract<RowKernel> {
  /** Kernels are found by the service loader like any plug-in. */
  protected RowKernelContract() {
    super(RowKernel.class);
  }

  /** Sizes around the vectors, groups of rows and strips that kernels use. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 8, 9, 31, 64, 511, 512, 513, 1029})
  protected void everyResultIsTheChainsOfItsDefinition(int columns) {
    assertTrue(plugin().isAvailable(), "these tests are to run with the kernel");
    SplittableRandom random = new SplittableRandom(columns);
    for (int count = 0; count < 10; count++) {
      int first = count % 3;
      int end = first + count;
      float[][] rows = new float[end + 1][columns + 2];
      for (float[] row : rows) {
        for (int j = 0; j < row.length; j++) {
          row[j] = (float) random.nextDouble();
        }
      }
      double[] heads = random.doubles(columns + 1, -1, 1).toArray();
      double[] tails = random.doubles(end + 1, -1, 1).toArray();
      double[] dots = random.doubles(count + 1, -1, 1).toArray();
      double[] into = random.doubles(columns + 1, -1, 1).toArray();
      double[] wantedDots = dots.clone();
      double[] wanted = into.clone();
      for (int i = first; i < end; i++) {
        wantedDots[i - first] = row(rows[i], columns, heads, tails[i], wanted);
      }
      plugin().multiply(rows, first, end, columns, heads, tails, dots, into);
      String size = count + " rows of " + columns;
      assertArrayEquals(wantedDots, dots, 0, size);
      assertArrayEquals(wanted, into, 0, size);
      for (int i = first; i < end; i++) {
        double dot = row(rows[i], columns, heads, 0, new double[columns]);
        wantedDots[i - first] = tails[i] * dot;
        row(rows[i], columns, heads, wantedDots[i - first], wanted);
      }
      plugin().multiplyTwice(rows, first, end, columns, heads, tails, dots, into);
      assertArrayEquals(wantedDots, dots, 0, size);
      assertArrayEquals(wanted, into, 0, size);
    }
  }

  /** The definition, entry by entry. */
  private static double row(float[] row, int columns, double[] heads, double tail, double[] into) {
    double[] lanes = new double[RowKernel.LANES];
    for (int j = 0; j < columns; j++) {
      lanes[j % lanes.length] = Math.fma(row[j], heads[j], lanes[j % lanes.length]);
      into[j] = Math.fma(row[j], tail, into[j]);
    }
    double left = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
    double right = (lanes[4] + lanes[5]) + (lanes[6] + lanes[7]);
    assertEquals(left + right, RowKernel.join(lanes, 0), 0);
    return left + right;
  }
}
