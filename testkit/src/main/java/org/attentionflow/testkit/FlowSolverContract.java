package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
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
import org.attentionflow.tensor.Precision;
import org.attentionflow.testkit.RandomNetworks.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every flow solver owes, and a solver with UNIQUE_FLOW besides. A provider's test is this
 * class with {@link #plugin} filled in.
 */
public abstract class FlowSolverContract extends UniqueFlows {
  private static final int EXTREME_NETWORKS = 200;

  /** For the interface {@link FlowSolver}. */
  protected FlowSolverContract() {}

  /** How many random networks {@link #certifiesRandomNetworks} solves. */
  protected int randomNetworkCount() {
    return 2_000;
  }

  static List<KnownNetworks.WithValue> networksWithValue() {
    return KnownNetworks.withValue();
  }

  /** Bounds, conservation, certificate, and a value within the promised gap of the maximum. */
  @Test
  void certifiesRandomNetworks() {
    List<String> failures = new ArrayList<>();
    List<Kind> kinds = Kind.thatAre(false);
    for (int i = 0; i < randomNetworkCount(); i++) {
      NetworkInstance instance = RandomNetworks.of(kinds.get(i % kinds.size()), i);
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

  /** Capacities may be too far apart to solve for them; then the status has to say so. */
  @Test
  void callsNoWrongAnswerReliable() {
    RandomRun run = RandomRun.of(plugin(), FIRST_SEED, EXTREME_NETWORKS, Kind.thatAre(true));
    assertEquals(List.of(), run.wrong());
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
  void givesTheSameBitsAgain(NetworkInstance instance) {
    List<Long> once = FlowChecks.bits(compute(instance.network(), MU));
    assertEquals(once, FlowChecks.bits(compute(instance.network(), MU)));
  }

  /** In smaller networks than these nothing is shared among threads. */
  @ParameterizedTest
  @MethodSource("wideNetworks")
  void givesTheSameBitsWithMoreThreads(NetworkInstance instance) {
    Flow alone = compute(instance.network(), MU);
    FlowChecks.assertCertified(instance, alone, SETTINGS);
    List<Long> once = FlowChecks.bits(alone);
    for (int threads : new int[] {2, 4}) {
      SolverSettings several =
          new SolverSettings(SETTINGS.conservationTolerance(), SETTINGS.iterationLimit(), threads);
      assertEquals(
          once, FlowChecks.bits(compute(instance.network(), MU, several)), threads + " threads");
    }
  }

  static List<NetworkInstance> wideNetworks() {
    return RandomNetworks.wide();
  }

  /**
   * What is solved are the rounded numbers: the scores are those of the same numbers in 64 bits.
   */
  @ParameterizedTest
  @MethodSource("networks")
  void solvesCapacitiesOf32Bits(NetworkInstance instance) {
    FlowNetwork rounded = instance.network().in(Precision.FLOAT);
    assertSolved(new NetworkInstance(instance.name() + " in 32 bits", rounded), MU);
    FlowNetwork widened = NetworkTransforms.scaled(rounded, 1);
    assertEquals(Precision.DOUBLE, widened.blocks().get(0).capacity().precision());
    assertSameScores(
        instance, compute(widened, MU).tokenOutflow(), compute(rounded, MU).tokenOutflow());
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
}
