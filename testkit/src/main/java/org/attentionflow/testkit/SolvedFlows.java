package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.PrunedNetwork;
import org.attentionflow.network.Sources;

/**
 * How a solver's flows are computed and compared: the solver is seen through {@link
 * FlowComputation}, as users see it, with {@link CheckedFlowSolver} around it; the oracle is {@link
 * ExactMaximumFlow}.
 */
abstract class SolvedFlows extends PluginContract<FlowSolver> {
  static final SolverSettings SETTINGS = SolverSettings.defaults();

  /** Relative to the largest capacity; the default of the settings. */
  static final double MU = BarrierParameter.DEFAULT_RELATIVE;

  /** The seeds of the networks that each property is tried on. */
  static final long FIRST_SEED = 1_000_000;

  SolvedFlows() {
    super(FlowSolver.class);
  }

  static List<NetworkInstance> networks() {
    List<NetworkInstance> networks = RandomNetworks.ofEveryKind(FIRST_SEED, 3);
    networks.add(wide());
    return networks.stream().filter(FlowSolverContract::hasPath).toList();
  }

  void assertSolved(NetworkInstance instance, double mu) {
    FlowNetwork network = instance.network();
    List<double[]> capacities =
        network.blocks().stream().map(block -> block.capacity().values().clone()).toList();
    double maximum = ExactMaximumFlow.of(network).value();
    Flow flow = compute(network, mu);
    if (maximum == 0) {
      assertEquals(SolveStatus.NO_PATH, flow.status());
      return;
    }
    FlowChecks.assertCertified(instance, flow, SETTINGS);
    double excess = excess(network, maximum);
    double gap = flow.certificate().gapBound();
    if (isUnique()) {
      long arcs = flow.network().network().arcCount() + 1;
      double bound = 2 * arcs * flow.barrierParameter();
      assertEquals(bound, gap, FlowChecks.ROUNDING * bound, "the gap bound is 2 m mu");
    }
    assertTrue(flow.value() <= maximum + excess, flow.value() + " > maximum " + maximum);
    assertTrue(flow.value() >= maximum - gap - excess, flow.value() + " << maximum " + maximum);
    double cut = flow.certificate().cut().capacity();
    assertTrue(cut >= maximum * (1 - FlowChecks.ROUNDING), "cut " + cut + " < " + maximum);
    for (int block = 0; block < capacities.size(); block++) {
      assertArrayEquals(
          capacities.get(block),
          network.blocks().get(block).capacity().values(),
          "the problem was changed");
    }
  }

  Flow compute(FlowNetwork network, double mu) {
    return compute(network, mu, SETTINGS);
  }

  Flow compute(FlowNetwork network, double mu, SolverSettings settings) {
    return compute(checkedSolver(), network, mu, settings);
  }

  static Flow compute(FlowSolver solver, FlowNetwork network, double mu, SolverSettings settings) {
    return new FlowComputation(solver, BarrierParameter.relative(mu), settings).compute(network);
  }

  FlowSolver checkedSolver() {
    return new CheckedFlowSolver(plugin());
  }

  boolean isUnique() {
    return plugin().capabilities().contains(FlowSolver.Capability.UNIQUE_FLOW);
  }

  void assumeUnique() {
    assumeTrue(isUnique(), "the solver does not declare UNIQUE_FLOW");
  }

  static double excess(FlowNetwork network, double value) {
    return FlowChecks.excess(network, value, SETTINGS);
  }

  static double tolerance(FlowNetwork network, double value) {
    return FlowChecks.tolerance(network, value, SETTINGS);
  }

  static void assertSameScores(NetworkInstance instance, double[] expected, double[] actual) {
    double value = Arrays.stream(expected).sum();
    FlowChecks.assertScores(
        expected, actual, tolerance(instance.network(), value), instance.name());
  }

  static boolean hasPath(NetworkInstance instance) {
    return PrunedNetwork.of(instance.network()).hasPath();
  }

  /** Wide enough for a solver to share the work among threads. */
  static NetworkInstance wide() {
    RandomLayers layers = new RandomLayers(new Random(FIRST_SEED), 3, 160);
    return new NetworkInstance(
        "attention, 3 layers, 160 tokens", Networks.stack(layers.attention(false), Sources.all()));
  }
}
