package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.DoubleStream;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.PrunedNetwork;
import org.attentionflow.network.Sources;
import org.attentionflow.testkit.RandomNetworks.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every flow solver owes. A provider's test is this class with {@link #plugin} filled in. The
 * solver is seen through {@link FlowComputation}, as users see it, with {@link CheckedFlowSolver}
 * around it; the oracle is {@link ExactMaximumFlow}.
 *
 * <p>A solver with UNIQUE_FLOW solves the barrier problem itself, and is also held to its
 * symmetries and to recorded and closed-form solutions.
 */
public abstract class FlowSolverContract extends PluginContract<FlowSolver> {
  private static final SolverSettings SETTINGS = SolverSettings.defaults();

  /** Relative to the largest capacity; the default of the settings. */
  private static final double MU = BarrierParameter.DEFAULT_RELATIVE;

  /** The seeds of the networks that each property is tried on. */
  private static final long FIRST_SEED = 1_000_000;

  /** For the interface {@link FlowSolver}. */
  protected FlowSolverContract() {
    super(FlowSolver.class);
  }

  /** How many random networks {@link #certifiesRandomNetworks} solves. */
  protected int randomNetworkCount() {
    return 2_000;
  }

  static List<NetworkInstance> networks() {
    List<NetworkInstance> networks = RandomNetworks.ofEveryKind(FIRST_SEED, 3);
    networks.add(wide());
    return networks.stream().filter(FlowSolverContract::hasPath).toList();
  }

  static List<KnownNetworks.WithValue> networksWithValue() {
    return KnownNetworks.withValue();
  }

  static List<KnownNetworks.WithSolution> networksWithSolution() {
    return KnownNetworks.withSolution();
  }

  static List<RecordedNetworks.Recording> recordings() {
    return RecordedNetworks.all();
  }

  // What every solver owes.

  /** Bounds, conservation, certificate, and a value within the promised gap of the maximum. */
  @Test
  void certifiesRandomNetworks() {
    List<String> failures = new ArrayList<>();
    Kind[] kinds = Kind.values();
    for (int i = 0; i < randomNetworkCount(); i++) {
      NetworkInstance instance = RandomNetworks.of(kinds[i % kinds.length], i);
      // Random numbers of neighbouring seeds are alike; those of a splittable generator are not.
      double mu = StrictMath.pow(10, -6 + 5 * new SplittableRandom(i).nextDouble());
      try {
        assertSolved(instance, mu);
      } catch (AssertionError | RuntimeException e) {
        failures.add(instance.name() + ", relative mu " + mu + ": " + e);
      }
    }
    assertEquals(List.of(), failures, failures.size() + " of " + randomNetworkCount() + " failed");
  }

  @ParameterizedTest
  @MethodSource("networksWithValue")
  void solvesNetworksWorkedOutByHand(KnownNetworks.WithValue known) {
    assertSolved(known.instance(), MU);
    double value = compute(known.instance().network(), MU).value();
    assertTrue(value <= known.maximumFlow() + excess(known.instance().network(), value));
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"ZERO", "DISCONNECTED"})
  void findsThatThereIsNoPath(Kind kind) {
    FlowNetwork network = RandomNetworks.of(kind, FIRST_SEED).network();
    Flow flow = compute(network, MU);
    assertEquals(SolveStatus.NO_PATH, flow.status());
    assertEquals(0, flow.value());
    assertArrayEquals(new double[network.tokenCount()], flow.tokenOutflow());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void givesTheSameBitsAgainAndWithMoreThreads(NetworkInstance instance) {
    List<Long> once = FlowChecks.bits(compute(instance.network(), MU));
    assertEquals(once, FlowChecks.bits(compute(instance.network(), MU)), "solved again");
    SolverSettings two =
        new SolverSettings(SETTINGS.conservationTolerance(), SETTINGS.iterationLimit(), 2);
    assertEquals(once, FlowChecks.bits(compute(instance.network(), MU, two)), "two threads");
  }

  @Test
  void solvesSeveralProblemsAtOnce() throws Exception {
    List<List<Long>> alone = new ArrayList<>();
    networks().forEach(n -> alone.add(FlowChecks.bits(compute(n.network(), MU))));
    FlowSolver shared = plugin();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Flow>> together = new ArrayList<>();
      for (NetworkInstance instance : networks()) {
        together.add(threads.submit(() -> compute(shared, instance.network(), MU, SETTINGS)));
      }
      for (int i = 0; i < together.size(); i++) {
        assertEquals(alone.get(i), FlowChecks.bits(together.get(i).get()));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Reaching the limit is a status with a reason, never an exception or an invented flow. */
  @ParameterizedTest
  @MethodSource("networks")
  void reportsTheIterationLimit(NetworkInstance instance) {
    SolverSettings one = new SolverSettings(SETTINGS.conservationTolerance(), 1, 1);
    Flow flow = compute(instance.network(), 1e-5, one);
    assertTrue(flow.iterations() <= 1, "iterations: " + flow.iterations());
    if (flow.status() != SolveStatus.CERTIFIED) {
      assertEquals(SolveStatus.ITERATION_LIMIT, flow.status(), flow.detail());
      assertFalse(flow.detail().isEmpty());
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void multipliesTheFlowWithTheCapacities(NetworkInstance instance) {
    FlowNetwork network = instance.network();
    Flow flow = compute(network, MU);
    for (double factor : new double[] {3, 1e-9, 1e6}) {
      Flow scaled = compute(NetworkTransforms.scaled(network, factor), MU);
      assertEquals(flow.value(), scaled.value() / factor, tolerance(network, flow.value()));
      if (isUnique()) {
        double[] scores = scaled.tokenOutflow().clone();
        for (int i = 0; i < scores.length; i++) {
          scores[i] /= factor;
        }
        assertSameScores(instance, flow.tokenOutflow(), scores);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void estimatesItsMemory(NetworkInstance instance) {
    PrunedNetwork pruned = PrunedNetwork.of(instance.network());
    assertTrue(plugin().solveBytes(pruned.network()) > 0);
  }

  // What a solver with UNIQUE_FLOW also owes.

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
      boolean dense = flow.blockFlow(block).rowCount() == reversed.blockFlow(block).columnCount();
      double[] turned =
          dense
              ? reversed.blockFlow(block).transposed().values()
              : reversed.blockFlow(block).values();
      assertArrayEquals(flow.blockFlow(block).values(), turned, tolerance, instance.name());
    }
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

  /**
   * One call for many barrier parameters gives, in any order, what single calls give: to 1e-8 of
   * the value, or to the tolerance of the solver where that is larger.
   */
  @ParameterizedTest
  @MethodSource("pathNetworks")
  void agreesWithItselfAlongAPath(NetworkInstance instance) {
    FlowNetwork network = instance.network();
    List<BarrierParameter> path =
        DoubleStream.of(1e-3, 1e-1, 3e-2, 1e-6, 1e-4, 1e-3, 3e-6)
            .mapToObj(BarrierParameter::relative)
            .toList();
    List<Flow> flows =
        new FlowComputation(checkedSolver(), path.get(0), SETTINGS).computePath(network, path);
    assertEquals(path.size(), flows.size());
    for (int i = 0; i < flows.size(); i++) {
      Flow alone = compute(network, path.get(i).value());
      assertEquals(alone.status(), flows.get(i).status(), flows.get(i).detail());
      assertEquals(alone.barrierParameter(), flows.get(i).barrierParameter());
      double allowed = Math.max(1e-8 * alone.value(), tolerance(network, alone.value()));
      assertEquals(alone.value(), flows.get(i).value(), allowed);
      if (isUnique()) {
        assertArrayEquals(alone.tokenOutflow(), flows.get(i).tokenOutflow(), allowed);
      }
    }
  }

  static List<NetworkInstance> pathNetworks() {
    List<NetworkInstance> all = new ArrayList<>(networks());
    recordings().stream()
        .filter(recording -> recording.toString().endsWith("mu0.01"))
        .forEach(recording -> all.add(recording.instance()));
    return all;
  }

  // How the above is checked.

  private void assertSolved(NetworkInstance instance, double mu) {
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

  private Flow compute(FlowNetwork network, double mu) {
    return compute(network, mu, SETTINGS);
  }

  private Flow compute(FlowNetwork network, double mu, SolverSettings settings) {
    return compute(checkedSolver(), network, mu, settings);
  }

  private static Flow compute(
      FlowSolver solver, FlowNetwork network, double mu, SolverSettings settings) {
    return new FlowComputation(solver, BarrierParameter.relative(mu), settings).compute(network);
  }

  private FlowSolver checkedSolver() {
    return new CheckedFlowSolver(plugin());
  }

  private boolean isUnique() {
    return plugin().capabilities().contains(FlowSolver.Capability.UNIQUE_FLOW);
  }

  private void assumeUnique() {
    assumeTrue(isUnique(), "the solver does not declare UNIQUE_FLOW");
  }

  private static double excess(FlowNetwork network, double value) {
    return FlowChecks.excess(network, value, SETTINGS);
  }

  private static double tolerance(FlowNetwork network, double value) {
    return FlowChecks.tolerance(network, value, SETTINGS);
  }

  private static void assertSameScores(
      NetworkInstance instance, double[] expected, double[] actual) {
    double value = Arrays.stream(expected).sum();
    FlowChecks.assertScores(
        expected, actual, tolerance(instance.network(), value), instance.name());
  }

  private static boolean hasPath(NetworkInstance instance) {
    return PrunedNetwork.of(instance.network()).hasPath();
  }

  /** Wide enough for a solver to share the work among threads. */
  private static NetworkInstance wide() {
    RandomLayers layers = new RandomLayers(new Random(FIRST_SEED), 3, 160);
    return new NetworkInstance(
        "attention, 3 layers, 160 tokens", Networks.stack(layers.attention(false), Sources.all()));
  }
}
