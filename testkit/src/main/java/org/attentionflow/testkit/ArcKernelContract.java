package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.attentionflow.dual.ArcKernel;
import org.attentionflow.dual.ArcRows;
import org.attentionflow.dual.ArcStrip;
import org.attentionflow.dual.ImbalanceSums;
import org.attentionflow.dual.Potentials;
import org.attentionflow.dual.PrimalDualLoops;
import org.attentionflow.dual.PrimalDualStep;
import org.attentionflow.dual.PrimalDualTotals;
import org.attentionflow.dual.RowChunks;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.tensor.Matrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ArcKernel} keeps: the bits of the plain loops. */
public abstract class ArcKernelContract extends PluginContract<ArcKernel> {
  /** Rows of a strip. */
  private static final int ROWS = 5;

  private static final int LAYERS = 2;

  /** Kernels are found by the service loader like any plug-in. */
  protected ArcKernelContract() {
    super(ArcKernel.class);
  }

  /** All blocks of a network, one strip after the other, so that sums are kept. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 8, 9, 16, 31, 64, 100})
  protected void everyResultHasTheBitsOfThePlainLoops(int tokens) {
    assertTrue(plugin().isAvailable(), "these tests are to run with the kernel");
    int most = ROWS * ArcStrip.padded(tokens);
    double[][] expected = computed(new PrimalDualLoops(most), tokens);
    double[][] actual = computed(plugin().loops(most), tokens);
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], actual[i], 0, "array " + i);
    }
  }

  /** Capacities over many decades, some of them zero; flows, prices, couplings and all sums. */
  private static double[][] computed(PrimalDualLoops of, int tokens) {
    SplittableRandom random = new SplittableRandom(tokens);
    ArcRows arcs = new ArcRows(network(tokens, random), 1);
    RowChunks chunks = RowChunks.of(arcs);
    double[][][] potentials = new double[3][][];
    for (int i = 0; i < potentials.length; i++) {
      double[][] x = arcs.zeros();
      for (double[] group : x) {
        Arrays.setAll(group, j -> random.nextDouble(-1, 1));
      }
      potentials[i] = Potentials.padded(x);
    }
    PrimalDualStep step =
        new PrimalDualStep(potentials[1], potentials[2], 1e-3, 2e-3, 0.7, 0.01, 0.02);
    ImbalanceSums first = new ImbalanceSums(arcs, chunks);
    ImbalanceSums second = new ImbalanceSums(arcs, chunks);
    ImbalanceSums fedBack = new ImbalanceSums(arcs, chunks);
    List<double[]> results = new ArrayList<>();
    of.clear();
    for (int chunk = 0; chunk < chunks.count(); chunk++) {
      for (int row = chunks.from(chunk); row < chunks.to(chunk); row += ROWS) {
        int rows = Math.min(ROWS, chunks.to(chunk) - row);
        int block = chunks.block(chunk);
        ArcStrip strip = new ArcStrip(arcs, block, chunk, chunks.from(chunk), row, rows, 2e-100);
        of.start(strip, potentials[0], 0.3, 0.01);
        of.predict(strip, step, fedBack);
        of.measure(strip, step);
        of.take(strip, step);
        of.assemble(strip, potentials[2], first, second);
        results.addAll(List.of(strip.flow, strip.lower, strip.upper));
        results.add(Arrays.copyOf(of.coupling, strip.length()));
      }
    }
    for (ImbalanceSums sums : List.of(first, second, fedBack)) {
      double[][] imbalance = arcs.zeros();
      sums.join(imbalance);
      results.addAll(List.of(imbalance));
    }
    PrimalDualTotals totals = of.totals();
    results.add(new double[] {totals.product(), totals.most(), totals.least()});
    results.add(new double[] {totals.primalRatio(), totals.dualRatio()});
    return results.toArray(double[][]::new);
  }

  private static FlowNetwork network(int tokens, SplittableRandom random) {
    List<Matrix> layers = new ArrayList<>();
    for (int layer = 0; layer < LAYERS; layer++) {
      double[] values = new double[tokens * tokens];
      Arrays.setAll(
          values, j -> random.nextInt(8) == 0 ? 0 : Math.pow(10, random.nextDouble(-9, 0)));
      layers.add(Matrix.of(tokens, tokens, values));
    }
    return new BackwardNetworkBuilder()
        .build(InformationTensor.of(layers), NetworkSettings.defaults());
  }
}
