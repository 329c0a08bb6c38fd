package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.tensor.Matrix;
import org.attentionflow.testkit.RandomNetworks.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a solver with UNIQUE_FLOW owes beside {@link FlowSolverContract}: it solves the barrier
 * problem itself, and is held to its symmetries and to recorded and closed-form solutions. Other
 * solvers skip these tests.
 */
abstract class UniqueFlows extends SolvedFlows {
  static List<KnownNetworks.WithSolution> networksWithSolution() {
    return KnownNetworks.withSolution();
  }

  static List<RecordedNetworks.Recording> recordings() {
    return RecordedNetworks.all();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void staysInsideTheBounds(NetworkInstance instance) {
    assumeUnique();
    for (double mu : new double[] {1e-1, MU, 1e-6}) {
      FlowChecks.assertInside(instance, compute(instance.network(), mu));
    }
  }

  @ParameterizedTest
  @MethodSource("networksWithSolution")
  void agreesWithClosedForms(KnownNetworks.WithSolution known) {
    assumeUnique();
    FlowNetwork network = known.instance().network();
    for (double mu : new double[] {1e-1, MU, 1e-6}) {
      Flow flow = compute(network, mu);
      FlowChecks.assertCertified(known.instance(), flow, SETTINGS);
      double[] exact = known.tokenOutflow().apply(flow.barrierParameter());
      assertSameScores(known.instance(), exact, flow.tokenOutflow());
    }
  }

  /**
   * The recordings were solved to 1e-10 of the largest capacity; asked for is 1e-7 of the value.
   */
  @ParameterizedTest
  @MethodSource("recordings")
  void agreesWithRecordedSolutions(RecordedNetworks.Recording recording) {
    assumeUnique();
    Flow flow =
        new FlowComputation(
                checkedSolver(), BarrierParameter.absolute(recording.barrierParameter()), SETTINGS)
            .compute(recording.instance().network());
    if (recording.maximumFlow() == 0) {
      assertEquals(SolveStatus.NO_PATH, flow.status());
      return;
    }
    FlowChecks.assertCertified(recording.instance(), flow, SETTINGS);
    double tolerance = 1e-7 * recording.value();
    assertEquals(recording.value(), flow.value(), tolerance);
    assertArrayEquals(recording.tokenOutflow(), flow.tokenOutflow(), tolerance);
    assertArrayEquals(recording.sourceFlow(), flow.blockFlow(0).values(), tolerance);
    int layers = recording.arcFlow().length;
    for (int layer = 0; layer < layers; layer++) {
      double[] actual = flow.blockFlow(layers - layer).values();
      double[][] expected = recording.arcFlow()[layer];
      for (int i = 0; i < actual.length; i++) {
        double arc = expected[i / expected[0].length][i % expected[0].length];
        assertEquals(arc, actual[i], tolerance, "layer " + layer + " arc " + i);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void reordersScoresWithTheTokens(NetworkInstance instance) {
    assumeUnique();
    FlowNetwork network = instance.network();
    int[][] order = NetworkTransforms.randomOrder(network, FIRST_SEED);
    double[] scores = compute(network, MU).tokenOutflow();
    double[] reordered = compute(NetworkTransforms.relabelled(network, order), MU).tokenOutflow();
    assertSameScores(
        instance, NetworkTransforms.relabelledScores(network, scores, order), reordered);
  }

  @Test
  void givesInterchangeableTokensEqualScores() {
    assumeUnique();
    for (long seed = FIRST_SEED; seed < FIRST_SEED + 20; seed++) {
      NetworkInstance instance = RandomNetworks.of(Kind.TWINS, seed);
      Flow flow = compute(instance.network(), MU);
      assertEquals(
          flow.tokenOutflow()[0],
          flow.tokenOutflow()[1],
          tolerance(instance.network(), flow.value()),
          instance.name());
    }
  }

  /** Algorithm 1 and Algorithm 2 build the same network in opposite directions. */
  @ParameterizedTest
  @MethodSource("networks")
  void reversesTheFlowWithTheArcs(NetworkInstance instance) {
    assumeUnique();
    FlowNetwork network = instance.network();
    Flow flow = compute(network, MU);
    Flow reversed = compute(NetworkTransforms.reversed(network), MU);
    double tolerance = tolerance(network, flow.value());
    assertSameScores(instance, flow.tokenOutflow(), reversed.tokenOutflow());
    for (int block = 0; block < network.blocks().size(); block++) {
      assertArrayEquals(
          matrix(flow, block).values(),
          matrix(reversed, block).transposed().values(),
          tolerance,
          instance.name());
    }
  }

  private static Matrix matrix(Flow flow, int number) {
    ArcBlock block = flow.network().full().blocks().get(number);
    int tails = flow.network().full().groups().get(block.tail()).size();
    int heads = flow.network().full().groups().get(block.head()).size();
    double[] flows = flow.blockFlow(number).values();
    return Matrix.of(tails, heads, Listed.matrix(block, flows, tails, heads));
  }

  /** The value grows along the central path, and reaches the maximum flow within 2mμ. */
  @ParameterizedTest
  @MethodSource("networks")
  void approachesTheMaximumFlow(NetworkInstance instance) {
    assumeUnique();
    double before = 0;
    for (double mu : new double[] {1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6}) {
      assertSolved(instance, mu);
      double value = compute(instance.network(), mu).value();
      assertTrue(value >= before - tolerance(instance.network(), value), "at mu " + mu);
      before = value;
    }
  }
}
