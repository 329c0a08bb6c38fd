package org.attentionflow.laplacian;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.attentionflow.dual.ArcRows;
import org.attentionflow.dual.DualEvaluation;
import org.attentionflow.dual.Potentials;
import org.attentionflow.dual.StartingPoint;
import org.attentionflow.dual.WorkerThreads;
import org.attentionflow.information.SyntheticInformation;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.network.NodeGroup;
import org.attentionflow.network.PrunedNetwork;
import org.attentionflow.tensor.Matrix;
import org.attentionflow.testkit.NetworkInstance;
import org.attentionflow.testkit.RandomNetworks;
import org.attentionflow.testkit.RowByRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Elimination against products with the whole Laplacian. */
class BipartiteRowsTest {
  static List<NetworkInstance> networks() {
    return RandomNetworks.ofEveryKind(3, 4).stream()
        .filter(instance -> PrunedNetwork.of(instance.network()).hasPath())
        .filter(instance -> BipartiteRows.canKeep(PrunedNetwork.of(instance.network()).network()))
        .toList();
  }

  @Test
  void thereAreNetworksWithTwoSidesAmongThem() {
    assertTrue(networks().size() > 10, () -> networks().size() + " networks");
  }

  @ParameterizedTest
  @MethodSource("networks")
  void whatIsSolvedWithOneSideSolvesTheWhole(NetworkInstance instance) {
    FlowNetwork network = PrunedNetwork.of(instance.network()).network();
    ArcRows arcs = new ArcRows(network, 1);
    ConductanceRows whole =
        new ConductanceRows(network, new WorkerThreads(1), new PlainRowKernel());
    RandomConductances.fill(network, arcs, whole);
    assertTrue(whole.prepare());
    double[][] b = random(arcs, network);
    BipartiteRows rows = BipartiteRows.of(network, new WorkerThreads(1), new PlainRowKernel());
    RandomConductances.fill(network, arcs, rows);
    assertTrue(rows.prepare());
    double[][] x = new ReducedConjugateGradients(rows).solve(b, 1e-12);
    double[][] product = Potentials.copy(b);
    whole.multiply(x, product);
    double[][] residual = Potentials.plus(product, -1, b);
    double error = Math.sqrt(Potentials.inner(residual, residual) / Potentials.inner(b, b));
    assertTrue(error < 1e-6, () -> instance + ": " + error);
    for (int group = 0; group < b.length; group++) {
      if (group != network.sink()) {
        assertArrayEquals(whole.diagonal()[group], rows.diagonal()[group], 1e-5);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void stripsOfRowsAreKeptAsRowsAre(NetworkInstance instance) {
    assertStripsAreRows(PrunedNetwork.of(instance.network()).network());
  }

  /** Several strips to a block and several chunks, and rows that fill no whole vectors. */
  @ParameterizedTest
  @ValueSource(ints = {133, 170, 1030})
  void stripsOfLongRowsAreKeptAsRowsAre(int tokens) {
    FlowNetwork network =
        new BackwardNetworkBuilder()
            .build(
                SyntheticInformation.of(SyntheticInformation.Kind.ATTENTION, 2, tokens, 1, 3),
                NetworkSettings.defaults());
    assertStripsAreRows(PrunedNetwork.of(network).network());
  }

  private static void assertStripsAreRows(FlowNetwork network) {
    double scale = 1 / network.largestCapacity();
    ArcRows arcs = new ArcRows(network, scale);
    double[][] potential = StartingPoint.of(network, arcs, scale, 1e-3);
    WorkerThreads workers = new WorkerThreads(2);
    BipartiteRows strips = BipartiteRows.of(network, workers, new PlainRowKernel());
    new DualEvaluation(arcs).evaluate(potential, 1e-3, strips);
    BipartiteRows rows = BipartiteRows.of(network, workers, new PlainRowKernel());
    new DualEvaluation(arcs).evaluate(potential, 1e-3, new RowByRow(rows));
    assertEquals(rows.prepare(), strips.prepare());
    double[][] x = random(arcs, network);
    double[][] expected = Potentials.copy(x);
    rows.multiply(x, expected);
    double[][] actual = Potentials.copy(x);
    strips.multiply(x, actual);
    for (int group = 0; group < expected.length; group++) {
      assertArrayEquals(expected[group], actual[group], 0);
    }
  }

  private static double[][] random(ArcRows arcs, FlowNetwork network) {
    SplittableRandom random = new SplittableRandom(1);
    double[][] x = arcs.zeros();
    for (int group = 0; group < x.length; group++) {
      for (int i = 0; i < x[group].length; i++) {
        x[group][i] = group == network.sink() ? 0 : random.nextDouble(-1, 1);
      }
    }
    return x;
  }

  @Test
  void aTriangleOfGroupsHasNoTwoSides() {
    Matrix one = Matrix.of(1, 1, new double[] {1});
    List<NodeGroup> groups =
        List.of(
            new NodeGroup("source", 1),
            new NodeGroup("a", 1),
            new NodeGroup("b", 1),
            new NodeGroup("sink", 1));
    List<ArcBlock> chain =
        List.of(ArcBlock.dense(0, 1, one), ArcBlock.dense(1, 2, one), ArcBlock.dense(2, 3, one));
    assertTrue(BipartiteRows.canKeep(FlowNetwork.of(groups, chain, 0, 3, List.of(2))));
    List<ArcBlock> triangle =
        List.of(
            ArcBlock.dense(0, 1, one),
            ArcBlock.dense(1, 2, one),
            ArcBlock.dense(0, 2, one),
            ArcBlock.dense(2, 3, one));
    FlowNetwork odd = FlowNetwork.of(groups, triangle, 0, 3, List.of(3));
    assertFalse(BipartiteRows.canKeep(odd));
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> BipartiteRows.of(odd, new WorkerThreads(1), new PlainRowKernel()));
    assertEquals("The groups of this network do not have two sides.", refusal.getMessage());
  }
}
