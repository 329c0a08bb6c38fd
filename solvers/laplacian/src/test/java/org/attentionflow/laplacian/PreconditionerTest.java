package org.attentionflow.laplacian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.attentionflow.dual.ArcRows;
import org.attentionflow.dual.Potentials;
import org.attentionflow.dual.WorkerThreads;
import org.attentionflow.information.SyntheticInformation;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.network.NodeIndex;
import org.attentionflow.network.PrunedNetwork;
import org.attentionflow.testkit.NetworkInstance;
import org.attentionflow.testkit.RandomNetworks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PreconditionerTest {
  static List<NetworkInstance> networks() {
    return RandomNetworks.ofEveryKind(1, 2).stream()
        .filter(instance -> PrunedNetwork.of(instance.network()).hasPath())
        .toList();
  }

  private static ConductanceRows laplacian(FlowNetwork network, ArcRows arcs) {
    ConductanceRows laplacian =
        new ConductanceRows(network, new WorkerThreads(1), new PlainRowKernel());
    RandomConductances.fill(network, arcs, laplacian);
    assertTrue(laplacian.prepare());
    return laplacian;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyPreconditionerIsSymmetricPositiveAndLeadsToTheSolution(NetworkInstance instance) {
    FlowNetwork network = PrunedNetwork.of(instance.network()).network();
    ArcRows arcs = new ArcRows(network, 1);
    for (Preconditioner preconditioner :
        List.of(
            new DiagonalPreconditioner(),
            new GaussSeidelPreconditioner(network),
            new ApproximateCholesky(NodeIndex.of(network)))) {
      ConductanceRows laplacian = laplacian(network, arcs);
      assertTrue(preconditioner.prepare(laplacian));
      double[][] x = random(arcs, network, 1);
      double[][] y = random(arcs, network, 2);
      double[][] mx = arcs.zeros();
      double[][] my = arcs.zeros();
      preconditioner.apply(x, mx);
      preconditioner.apply(y, my);
      double scale = Math.sqrt(Potentials.inner(x, mx) * Potentials.inner(y, my));
      String name = instance + " " + preconditioner.getClass().getSimpleName();
      assertTrue(Potentials.inner(x, mx) > 0, name);
      assertEquals(Potentials.inner(x, my), Potentials.inner(y, mx), 1e-10 * scale, name);
      assertSolves(laplacian, preconditioner, x, name);
    }
  }

  /** What is kept is known after the fact; it is forecast from the shape of the network. */
  @ParameterizedTest
  @CsvSource({"12, 64", "3, 128", "12, 128", "1, 200"})
  void theForecastOfTheSampledFactorHolds(int layers, int tokens) {
    for (SyntheticInformation.Kind kind : SyntheticInformation.Kind.values()) {
      FlowNetwork full =
          new BackwardNetworkBuilder()
              .build(
                  SyntheticInformation.of(kind, layers, tokens, 1, 7), NetworkSettings.defaults());
      FlowNetwork network = PrunedNetwork.of(full).network();
      ApproximateCholesky cholesky = new ApproximateCholesky(NodeIndex.of(network));
      assertTrue(cholesky.prepare(laplacian(network, new ArcRows(network, 1))));
      long conductances =
          Float.BYTES * network.blocks().stream().mapToLong(b -> b.capacity().size()).sum();
      long forecast = new CholeskyLaplacianFlowSolver().solveBytes(network);
      assertTrue(
          conductances + cholesky.heldBytes() <= forecast, cholesky.heldBytes() + ", " + forecast);
    }
  }

  /** L x = b is multiplied back: an error of 1e-12 in energy leaves a residual far below 1e-6. */
  private static void assertSolves(
      ConductanceRows laplacian, Preconditioner preconditioner, double[][] b, String name) {
    double[][] x = new ConjugateGradients(laplacian, preconditioner).solve(b, 1e-12);
    double[][] product = Potentials.copy(b);
    laplacian.multiply(x, product);
    double[][] residual = Potentials.plus(product, -1, b);
    assertTrue(
        Math.sqrt(Potentials.inner(residual, residual) / Potentials.inner(b, b)) < 1e-6, name);
  }

  private static double[][] random(ArcRows arcs, FlowNetwork network, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] x = arcs.zeros();
    for (int group = 0; group < x.length; group++) {
      for (int i = 0; i < x[group].length; i++) {
        x[group][i] = group == network.sink() ? 0 : random.nextDouble(-1, 1);
      }
    }
    return x;
  }
}
