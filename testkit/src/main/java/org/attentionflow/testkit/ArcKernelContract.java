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
import org.attentionflow.dual.Conductances;
import org.attentionflow.dual.DualEvaluation;
import org.attentionflow.dual.Potentials;
import org.attentionflow.dual.WorkerThreads;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.tensor.Matrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link ArcKernel} keeps: the bits of the plain loops, for capacities over many
 * decades.
 */
public abstract class ArcKernelContract extends PluginContract<ArcKernel> {
  private static final double MU = 1e-3;

  private static final int LAYERS = 2;

  /** Kernels are found by the service loader like any plug-in. */
  protected ArcKernelContract() {
    super(ArcKernel.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 8, 9, 16, 31, 64, 100})
  protected void everyResultHasTheBitsOfThePlainLoops(int tokens) {
    assertTrue(plugin().isAvailable(), "these tests are to run with the kernel");
    SplittableRandom random = new SplittableRandom(tokens);
    ArcRows arcs = new ArcRows(network(tokens, random), 1);
    double[][] potential = arcs.zeros();
    for (double[] group : potential) {
      Arrays.setAll(group, j -> random.nextDouble(-1, 1));
    }
    List<double[]> expected = computed(new DualEvaluation(arcs), arcs, potential);
    WorkerThreads alone = new WorkerThreads(1);
    List<double[]> actual = computed(new DualEvaluation(arcs, alone, plugin()), arcs, potential);
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i), 0, "array " + i);
    }
  }

  /** Imbalances, conductances row by row, and the imbalances of a change of μ. */
  private static List<double[]> computed(DualEvaluation of, ArcRows arcs, double[][] potential) {
    List<double[]> results = new ArrayList<>();
    of.evaluate(
        potential,
        MU,
        new Conductances() {
          @Override
          public void clear() {
            results.clear();
          }

          @Override
          public void add(int group, int member, int other, int otherMember, double conductance) {
            results.add(new double[] {group, member, other, otherMember, conductance});
          }

          @Override
          public void addRow(int group, int member, int other, int count, double[] conductance) {
            results.add(new double[] {group, member, other});
            results.add(Arrays.copyOf(conductance, count));
          }
        });
    results.addAll(List.of(Potentials.copy(of.imbalance())));
    results.addAll(List.of(Potentials.copy(of.imbalanceAt(potential, 2 * MU))));
    results.addAll(List.of(of.costImbalance(potential, MU)));
    assertTrue(results.size() > arcs.blockCount());
    return results;
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
