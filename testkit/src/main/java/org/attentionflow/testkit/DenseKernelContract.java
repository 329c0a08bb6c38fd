package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.attentionflow.dual.DenseKernel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link DenseKernel} keeps: the chain of its definition, bit for bit. */
public abstract class DenseKernelContract extends PluginContract<DenseKernel> {
  /** Kernels are found by the service loader like any plug-in. */
  protected DenseKernelContract() {
    super(DenseKernel.class);
  }

  /** Sizes around the tiles and panels that kernels use. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 6, 8, 14, 23, 31, 33, 46, 48, 64, 67, 96, 127, 260})
  protected void everyEntryIsTheChainOfItsDefinition(int n) {
    SplittableRandom random = new SplittableRandom(n);
    int m = n + 2;
    int k = n + 1;
    float[][] a = matrix(random, k + 1, m + 1);
    float[][] b = matrix(random, k + 2, n + 3);
    assertTrue(plugin().isAvailable(), "these tests are to run with the kernel");
    for (boolean isUpper : new boolean[] {false, true}) {
      float[][] c = matrix(random, m + 2, n + 3);
      float[][] before = new float[c.length][];
      for (int i = 0; i < c.length; i++) {
        before[i] = c[i].clone();
      }
      plugin().subtractTransposedProduct(m, k, a, 1, 1, b, 2, c, 1, 2, n + 2, isUpper);
      for (int i = 0; i < c.length; i++) {
        for (int j = 0; j < c[i].length; j++) {
          boolean isInside = i >= 1 && i < m + 1 && j >= 2 && j < n + 2;
          if (!isInside || !isUpper || j - 2 >= i - 1) {
            float chain = before[i][j];
            for (int p = 0; isInside && p < k; p++) {
              chain = Math.fma(-a[p + 1][i], b[p + 2][j], chain);
            }
            assertEquals(chain, c[i][j], 0, "n " + n + ", row " + i + ", column " + j);
          }
        }
      }
    }
  }

  private static float[][] matrix(SplittableRandom random, int rows, int columns) {
    float[][] matrix = new float[rows][];
    for (int row = 0; row < rows; row++) {
      matrix[row] = new float[columns];
      for (int column = 0; column < columns; column++) {
        matrix[row][column] = (float) random.nextDouble(-1, 1);
      }
    }
    return matrix;
  }
}
