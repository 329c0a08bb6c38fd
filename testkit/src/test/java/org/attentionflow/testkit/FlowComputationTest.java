package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.Cut;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.FlowSolver.Capability;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.ArcEnds;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeGroup;
import org.attentionflow.testkit.RandomNetworks.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The certificate is recomputed: no solver gets a wrong flow past it. */
class FlowComputationTest {
  /** Two layers of two tokens; the minimum cut runs through both: 0.25 · 2 + 0.25. */
  private static final FlowNetwork NETWORK =
      Networks.stack(new double[][][] {{{1, 1}, {0.25, 0}}, {{0.25, 1}, {0.25, 1}}});

  private static final double MU = 1e-6;

  static Stream<Arguments> lies() {
    return Stream.of(
        lie("one arc 1e-6 too large", LyingSolver.arc(1, 0, f -> f + 1e-6)),
        lie("one arc 1e-6 too small", LyingSolver.arc(1, 0, f -> f * (1 - 1e-6))),
        lie("a score 1e-6 too large", LyingSolver.arc(3, 0, f -> f + 1e-6)),
        lie("above its capacity", LyingSolver.arc(1, 0, f -> 0.3)),
        lie("negative", LyingSolver.arc(1, 0, f -> -0.1)),
        lie("no number", LyingSolver.arc(1, 0, f -> Double.NaN)),
        lie("infinite", LyingSolver.arc(1, 0, f -> Double.POSITIVE_INFINITY)),
        lie("flow where there is no arc", LyingSolver.arc(2, 1, f -> f).andThen(noArc())::apply),
        lie("zero flow", LyingSolver.scaled(0, 0)),
        lie("a millionth less than the maximum", LyingSolver.scaled(1 - 1e-6, 0)),
        lie("zero flow with any gap", LyingSolver.scaled(0, Double.POSITIVE_INFINITY)),
        lie("zero flow with a gap of no number", LyingSolver.scaled(0, Double.NaN)),
        lie("a return flow that is too small", LyingSolver.returnFlow(-1e-6)),
        lie("a return flow of no number", LyingSolver.returnFlow(Double.NaN)),
        lie("equal potentials", LyingSolver.potentials(0)),
        lie("potentials of no number", LyingSolver.potentials(Double.NaN)),
        lie("infinite potentials", LyingSolver.potentials(Double.POSITIVE_INFINITY)));
  }

  /** Through the one arc of the network that is not there. */
  private static UnaryOperator<FlowSolution> noArc() {
    return solution ->
        new FlowSolution(
            solution.outcome(),
            (block, row, into) -> {
              solution.arcFlow().row(block, row, into);
              if (block == 2 && row == 1) {
                into[1] = 1e-300;
              }
            },
            solution.returnFlow(),
            solution.potentials(),
            solution.gapBound(),
            solution.iterations());
  }

  private static Arguments lie(String name, UnaryOperator<FlowSolution> tampering) {
    return Arguments.of(name, tampering);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void aLieIsNumericalTrouble(String name, UnaryOperator<FlowSolution> tampering) {
    for (Set<Capability> capabilities :
        List.of(Set.<Capability>of(), Set.of(Capability.UNIQUE_FLOW))) {
      Flow flow = compute(new LyingSolver(capabilities, tampering), NETWORK);
      assertEquals(SolveStatus.NUMERICAL_TROUBLE, flow.status(), name);
      assertFalse(flow.status().isReliable());
      assertTrue(flow.detail().contains("Not certified"), flow.detail());
    }
  }

  /** What is conserved and within bounds is left to the certificate. */
  static Stream<Arguments> liesAboutTheFlow() {
    return lies()
        .filter(lie -> !String.valueOf(lie.get()[0]).matches("zero.*|equal.*|.*potent.*"))
        .filter(lie -> !String.valueOf(lie.get()[0]).endsWith("maximum"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("liesAboutTheFlow")
  void theCheckedSolverSeesThroughLiesAboutTheFlow(
      String name, UnaryOperator<FlowSolution> tampering) {
    FlowSolver checked = new CheckedFlowSolver(new LyingSolver(Set.of(), tampering));
    assertThrows(AssertionError.class, () -> compute(checked, NETWORK), name);
  }

  @Test
  void theTruthIsCertified() {
    Flow flow = compute(new LyingSolver(Set.of(), solution -> solution), NETWORK);
    assertEquals(SolveStatus.CERTIFIED, flow.status(), flow.detail());
    assertEquals("", flow.detail());
    assertEquals(0.75, flow.value(), 0);
    assertFalse(flow.isUnique());
  }

  @Test
  void anHonestFailureStaysOne() {
    for (FlowSolution.Outcome outcome : FlowSolution.Outcome.values()) {
      Flow flow = compute(new LyingSolver(Set.of(), LyingSolver.outcome(outcome)), NETWORK);
      SolveStatus expected =
          outcome == FlowSolution.Outcome.CONVERGED
              ? SolveStatus.CERTIFIED
              : SolveStatus.valueOf(outcome.name());
      assertEquals(expected, flow.status());
    }
  }

  /** The cut of a level set, with the part that lies in each block. */
  @Test
  void findsTheCutOfThePotentials() {
    Flow flow = compute(new ExactFlowSolver(), NETWORK);
    Cut cut = flow.certificate().cut();
    assertEquals(0.75, cut.capacity(), 0);
    assertEquals(List.of(0.0, 0.5, 0.25, 0.0), cut.blockCapacity());
    assertEquals(1, cut.mainBlock());
    assertEquals(0.5 / 0.75, cut.mainShare(), 1e-15);
  }

  /** Whatever the potentials are, the cut found is one of their level sets, and the best. */
  @Test
  void triesEveryLevelSet() {
    for (long seed = 0; seed < 200; seed++) {
      // Dense networks lose nothing by pruning, so the solver's potentials are those given here.
      NetworkInstance instance = RandomNetworks.of(Kind.DENSE, seed);
      FlowNetwork network = instance.network();
      Random random = new Random(seed);
      double[][] potentials =
          network.groups().stream()
              .map(group -> random.doubles(group.size()).map(x -> Math.rint(4 * x)).toArray())
              .toArray(double[][]::new);
      potentials[network.source()][0] = 5;
      potentials[network.sink()][0] = -1;
      Flow flow = compute(new LyingSolver(Set.of(), given(potentials)), network);
      double best = bestLevelSet(network, potentials);
      assertEquals(best, flow.certificate().cut().capacity(), 1e-12 * best, instance.name());
    }
  }

  @Test
  void zeroFlowIsExplained() {
    FlowNetwork network =
        Networks.stack(new double[][][] {{{1, 1}, {1, 1}}, {{0, 0}, {0, 0}}, {{1, 1}, {1, 1}}});
    Flow flow = compute(new ExactFlowSolver(), network);
    assertEquals(SolveStatus.NO_PATH, flow.status());
    assertTrue(flow.status().isReliable());
    assertArrayEquals(new double[2], flow.tokenOutflow());
    assertEquals(
        "no path from source to sink: from layer 2 to layer 1 none of the 4 capacities is"
            + " positive. Scores are zero; status NO_PATH.",
        flow.detail());
    for (int block = 0; block < network.blocks().size(); block++) {
      for (double f : flow.blockFlow(block).values()) {
        assertEquals(0, f);
      }
    }
  }

  /** 600 arcs fill a row of 512 places and part of another. */
  @Test
  void placesThatFillUpAListAreNotCountedAsCapacities() {
    int[] tails = IntStream.range(0, 600).map(arc -> arc / 30).toArray();
    int[] heads = IntStream.range(0, 600).map(arc -> arc % 30).toArray();
    ArcEnds ends = ArcEnds.of(tails, heads, 20, 30);
    assertTrue(ends.rowCount() * ends.rowLength() > 600);
    FlowNetwork network =
        FlowNetwork.of(
            List.of(
                new NodeGroup("super-source", 1),
                new NodeGroup("a", 20),
                new NodeGroup("b", 30),
                new NodeGroup("super-sink", 1)),
            List.of(
                ArcBlock.uniform(0, 1, 1, 20, 1),
                ArcBlock.listed(1, 2, ends, new double[600]),
                ArcBlock.uniform(2, 3, 30, 1, 1)),
            0,
            3,
            List.of(2));
    assertEquals(
        "no path from source to sink: from a to b none of the 600 capacities is positive. Scores"
            + " are zero; status NO_PATH.",
        compute(new ExactFlowSolver(), network).detail());
  }

  /** As a graph without a path is read from a file: nothing is left of its arcs to be named. */
  @Test
  void sourceAndSinkAloneAreNoPlaceWhereAPathEnds() {
    FlowNetwork network =
        FlowNetwork.of(
            List.of(new NodeGroup("super-source", 1), new NodeGroup("super-sink", 1)),
            List.of(ArcBlock.uniform(0, 1, 1, 1, 0)),
            0,
            1,
            List.of(0));
    assertEquals(
        "no path from source to sink. Scores are zero; status NO_PATH.",
        compute(new ExactFlowSolver(), network).detail());
  }

  @Test
  void aBarrierParameterThatVanishesIsRefused() {
    FlowNetwork tiny = NetworkTransforms.scaled(NETWORK, 1e-320);
    assertThrows(UnusableInputException.class, () -> compute(new ExactFlowSolver(), tiny));
  }

  private static UnaryOperator<FlowSolution> given(double[][] potentials) {
    return solution ->
        new FlowSolution(
            solution.outcome(), solution.arcFlow(), solution.returnFlow(), potentials, 0, 0);
  }

  private static double bestLevelSet(FlowNetwork network, double[][] potentials) {
    double best = Double.POSITIVE_INFINITY;
    for (int level = 0; level <= 5; level++) {
      double sum = 0;
      for (var block : network.blocks()) {
        for (int row = 0; row < block.capacity().rowCount(); row++) {
          for (int column = 0; column < block.capacity().columnCount(); column++) {
            double tail = potentials[block.tail()][block.tailNode(row, column)];
            double head = potentials[block.head()][block.headNode(row, column)];
            sum += tail >= level && head < level ? block.capacity().get(row, column) : 0;
          }
        }
      }
      best = Math.min(best, sum);
    }
    return best;
  }

  private static Flow compute(FlowSolver solver, FlowNetwork network) {
    return new FlowComputation(solver, BarrierParameter.relative(MU), SolverSettings.defaults())
        .compute(network);
  }
}
