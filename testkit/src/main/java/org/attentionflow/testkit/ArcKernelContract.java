package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.attentionflow.dual.ArcKernel;
import org.attentionflow.dual.PrimalDualLoops;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ArcKernel} keeps: the bits of the plain loops. */
public abstract class ArcKernelContract extends PluginContract<ArcKernel> {
  /** Kernels are found by the service loader like any plug-in. */
  protected ArcKernelContract() {
    super(ArcKernel.class);
  }

  /** Two strips one after the other, so that sums are kept; lengths around those of vectors. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 7, 8, 9, 16, 31, 64, 500})
  protected void everyResultHasTheBitsOfThePlainLoops(int length) {
    assertTrue(plugin().isAvailable(), "these tests are to run with the kernel");
    PrimalDualLoops plain = new PrimalDualLoops(length + 2);
    PrimalDualLoops kernel = plugin().loops(length + 2);
    plain.clear();
    kernel.clear();
    for (int strip = 0; strip < 2; strip++) {
      double[][] expected = computed(plain, length, strip);
      double[][] actual = computed(kernel, length, strip);
      for (int i = 0; i < expected.length; i++) {
        assertArrayEquals(expected[i], actual[i], 0, "array " + i);
      }
    }
    assertEquals(plain.totals(), kernel.totals());
  }

  /** Prices and slacks over many decades, and a few arcs that are as good as absent. */
  private static double[][] computed(PrimalDualLoops of, int length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] u = new double[length];
    double[] f = new double[length];
    double[] l = new double[length];
    double[] q = new double[length];
    for (int j = 0; j < length; j++) {
      u[j] = random.nextInt(8) == 0 ? 2e-100 : Math.pow(10, random.nextDouble(-9, 0));
      of.cost[j] = random.nextDouble(-1, 1);
      of.change[j] = random.nextDouble(-1, 1);
      of.secondChange[j] = random.nextDouble(-1, 1);
    }
    of.start(0.3, 0.01, u, f, l, q);
    of.predict(1e-3, u, f, l, q);
    double[] fedBack = of.first.clone();
    of.correct(1e-3, 2e-3, 0.7, u, f, l, q);
    of.keepRatios(l, q);
    of.take(0.01, 0.02, f, l, q);
    of.assemble(u, f, l, q);
    return new double[][] {
      fedBack, f, l, q, of.cost.clone(), of.conductance.clone(), of.first.clone(), of.second.clone()
    };
  }
}
