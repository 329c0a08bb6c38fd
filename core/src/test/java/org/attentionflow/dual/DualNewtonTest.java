package org.attentionflow.dual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolution.Outcome;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.network.PrunedNetwork;
import org.attentionflow.tensor.Matrix;
import org.junit.jupiter.api.Test;

class DualNewtonTest {
  private static final long SEED = 34;
  private static final int STEPS = 40;
  private static final SolverSettings SETTINGS = SolverSettings.defaults();

  /** Like a long text's: capacities of many decades, 40 % zeros, one row in the top layer. */
  private static FlowNetwork text(double decades, int layers, int tokens, SplittableRandom random) {
    List<Matrix> information = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      double[] values = new double[tokens * tokens];
      int alive = layer == layers - 1 ? tokens : values.length;
      for (int i = 0; i < alive; i++) {
        boolean isZero = random.nextDouble() < 0.4;
        values[i] = isZero ? 0 : StrictMath.pow(10, -decades * random.nextDouble());
      }
      information.add(Matrix.of(tokens, tokens, values));
    }
    FlowNetwork full =
        new BackwardNetworkBuilder()
            .build(InformationTensor.of(information), NetworkSettings.defaults());
    return PrunedNetwork.of(full).network();
  }

  private static DualNewton newton(FlowProblem problem, WorkerThreads workers) {
    ArcRows arcs = new ArcRows(problem.network(), 1);
    return new DualNewton(problem, workers, new DenseLaplacian(arcs), new PlainArcKernel());
  }

  private static FlowSolution solve(FlowNetwork network, double relative) {
    double mu = relative * network.largestCapacity();
    return newton(new FlowProblem(network, mu, SETTINGS), new WorkerThreads(1)).solve();
  }

  @Test
  void solvesCapacitiesOfManyDecades() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (double decades : new double[] {8, 10, 12}) {
      FlowNetwork network = text(decades, 5, 60, random);
      for (double relative : new double[] {1e-3, 1e-6}) {
        FlowSolution solution = solve(network, relative);
        String where = "seed " + SEED + " decades " + decades + " mu " + relative;
        assertEquals(Outcome.CONVERGED, solution.outcome(), where);
        assertTrue(solution.iterations() <= STEPS, where + ": " + solution.iterations());
        assertIsOptimal(network, solution, where);
      }
    }
  }

  /** Where the dual function turns at once and falls slowly, steps must not run away. */
  @Test
  void solvesManySmallNetworksOfTwelveDecades() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int instance = 0; instance < 1000; instance++) {
      int tokens = random.nextInt(1, 10);
      int[] size = new int[random.nextInt(2, 8)];
      Arrays.fill(size, tokens);
      FlowNetwork network = LayeredNetworks.chain(LayeredNetworks.logUniform(random, 12, 0), size);
      FlowSolution solution = solve(network, 1e-6);
      String where = "seed " + SEED + " instance " + instance;
      assertEquals(Outcome.CONVERGED, solution.outcome(), where);
      assertTrue(solution.iterations() <= STEPS, where + ": " + solution.iterations());
    }
  }

  /** Flows within bounds, conserved, and within the bound of the maximum flow's own dual. */
  private static void assertIsOptimal(FlowNetwork network, FlowSolution solution, String where) {
    ArcRows arcs = new ArcRows(network, 1);
    double[][] imbalance = arcs.zeros();
    double bound = 0;
    for (int block = 0; block < arcs.blockCount(); block++) {
      double[] capacity = new double[arcs.width(block)];
      double[] flow = new double[arcs.width(block)];
      boolean isReturn = block == arcs.blockCount() - 1;
      for (int row = 0; row < arcs.rowCount(block); row++) {
        arcs.capacities(block, row, capacity);
        solution.arcFlow().row(block, row, flow);
        for (int j = 0; j < flow.length; j++) {
          int i = arcs.isDiagonal(block) ? j : row;
          assertTrue(flow[j] >= 0 && flow[j] <= capacity[j], where);
          imbalance[arcs.head(block)][j] += flow[j];
          imbalance[arcs.tail(block)][i] -= flow[j];
          double rise =
              solution.potentials()[arcs.head(block)][j]
                  - solution.potentials()[arcs.tail(block)][i];
          bound += isReturn ? 0 : capacity[j] * Math.max(0, -rise);
        }
      }
    }
    for (double[] group : imbalance) {
      for (double value : group) {
        double accepted = SETTINGS.conservationTolerance() * network.largestCapacity();
        assertEquals(0, value, accepted, where);
      }
    }
    double gap = bound - solution.returnFlow();
    assertTrue(gap > 0 && gap <= solution.gapBound(), where + ": " + gap);
  }

  @Test
  void solvesBranchesDiagonalBlocksAndEmptyGroups() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<FlowNetwork> networks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      networks.add(
          LayeredNetworks.branching(LayeredNetworks.logUniform(random, i, i % 3 * 0.2), 8));
      networks.add(LayeredNetworks.withEmptyGroup(LayeredNetworks.logUniform(random, i, 0)));
    }
    for (FlowNetwork network : networks) {
      FlowSolution solution = solve(network, 1e-4);
      assertEquals(Outcome.CONVERGED, solution.outcome(), "seed " + SEED);
      assertIsOptimal(network, solution, "seed " + SEED);
    }
  }

  /** Each problem is begun where the one before it ended, and has the solution it has alone. */
  @Test
  void aPathIsSolvedFromItsFirstProblemOn() {
    FlowNetwork network = text(4, 3, 20, new SplittableRandom(SEED));
    double[] mu = {1e-2, 5e-3, 2e-3, 1e-3};
    for (int i = 0; i < mu.length; i++) {
      mu[i] *= network.largestCapacity();
    }
    WorkerThreads workers = new WorkerThreads(1);
    List<FlowProblem> begun = new ArrayList<>();
    List<FlowSolution> path =
        DualNewton.solvePath(
            network,
            mu,
            SETTINGS,
            problem -> {
              begun.add(problem);
              return newton(problem, workers);
            });
    assertEquals(1, begun.size());
    for (int i = 0; i < mu.length; i++) {
      FlowSolution alone = newton(new FlowProblem(network, mu[i], SETTINGS), workers).solve();
      assertEquals(Outcome.CONVERGED, path.get(i).outcome());
      assertIsOptimal(network, path.get(i), "seed " + SEED + " mu " + mu[i]);
      assertEquals(alone.gapBound(), path.get(i).gapBound());
      double value = alone.returnFlow();
      assertEquals(value, path.get(i).returnFlow(), 1e-8 * network.largestCapacity());
    }
  }

  @Test
  void solutionsHaveTheSameBitsForOneAndTwoThreads() {
    FlowNetwork network = text(6, 3, 150, new SplittableRandom(SEED));
    FlowProblem problem = new FlowProblem(network, 1e-3 * network.largestCapacity(), SETTINGS);
    FlowSolution alone = newton(problem, new WorkerThreads(1)).solve();
    try (WorkerThreads workers = new WorkerThreads(2)) {
      FlowSolution shared = newton(problem, workers).solve();
      assertEquals(alone.iterations(), shared.iterations());
      for (int group = 0; group < alone.potentials().length; group++) {
        assertArrayEquals(alone.potentials()[group], shared.potentials()[group], 0);
      }
    }
  }

  @Test
  void saysThatTheLimitWasReached() {
    FlowNetwork network = text(10, 4, 20, new SplittableRandom(SEED));
    SolverSettings few = new SolverSettings(1e-10, 2, 1);
    FlowProblem problem = new FlowProblem(network, 1e-6 * network.largestCapacity(), few);
    FlowSolution solution = newton(problem, new WorkerThreads(1)).solve();
    assertEquals(Outcome.ITERATION_LIMIT, solution.outcome());
    assertEquals(2, solution.iterations());
  }

  @Test
  void saysThatConductancesUnderflow() {
    FlowSolution solution = solve(LayeredNetworks.withUnderflow(), 1e-3);
    assertEquals(Outcome.NUMERICAL_TROUBLE, solution.outcome());
    for (double[] group : solution.potentials()) {
      for (double value : group) {
        assertTrue(Double.isFinite(value));
      }
    }
  }
}
