package org.attentionflow.ortools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.flow.maximum.MaximumFlow;
import org.attentionflow.information.SyntheticInformation;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.testkit.ExactMaximumFlow;
import org.attentionflow.testkit.NetworkInstance;
import org.attentionflow.testkit.RandomNetworks;
import org.attentionflow.testkit.RandomNetworks.Kind;
import org.attentionflow.testkit.RecordedNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The value lies below that of exact methods by no more than the stated rounding error. */
class AgreementTest {
  /** Rounding of sums of up to some ten thousand numbers, relative to the sum. */
  private static final double ROUNDING = 1e-12;

  /** Recorded maximum flows are a linear program's, to 1e-9 of the value. */
  private static final double RECORDED = 1e-9;

  private static final long FIRST_SEED = 7_000_000;

  static List<RecordedNetworks.Recording> recordings() {
    return RecordedNetworks.all();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void agreesWithRecordedMaximumFlows(RecordedNetworks.Recording recording) {
    Flow flow = assertAgrees(recording.instance());
    double maximum = recording.maximumFlow();
    assertEquals(maximum, flow.value(), flow.certificate().gapBound() + RECORDED * maximum);
  }

  @Test
  void agreesOnRandomNetworks() {
    for (NetworkInstance instance : RandomNetworks.ofEveryKind(FIRST_SEED, 25)) {
      assertAgrees(instance);
    }
  }

  @Test
  void agreesOverTwelveDecades() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + 300; seed++) {
      assertAgrees(RandomNetworks.of(Kind.TWELVE_DECADES, seed));
    }
  }

  @ParameterizedTest
  @EnumSource(SyntheticInformation.Kind.class)
  void agreesAtTheSizeOfAModel(SyntheticInformation.Kind kind) {
    FlowNetwork network =
        new BackwardNetworkBuilder()
            .build(
                SyntheticInformation.of(kind, 12, 128, 1, FIRST_SEED), NetworkSettings.defaults());
    Flow flow = assertAgrees(new NetworkInstance(kind + ", 12 layers, 128 tokens", network));
    // At most 128 × 128 arcs in the cut, each off by 2^-61 of the largest sum of a node.
    assertTrue(flow.certificate().gapBound() <= 1e-11 * flow.value(), flow.certificate() + "");
  }

  private static Flow assertAgrees(NetworkInstance instance) {
    FlowNetwork network = instance.network();
    double exact = ExactMaximumFlow.of(network).value();
    assertEquals(exact, MaximumFlow.of(network).value(), ROUNDING * exact, instance.name());
    Flow flow =
        new FlowComputation(
                new OrtoolsMaximumFlowSolver(),
                BarrierParameter.relative(BarrierParameter.DEFAULT_RELATIVE),
                SolverSettings.defaults())
            .compute(network);
    SolveStatus expected = exact > 0 ? SolveStatus.CERTIFIED : SolveStatus.NO_PATH;
    assertEquals(expected, flow.status(), () -> instance.name() + ": " + flow.detail());
    double gap = flow.certificate().gapBound();
    double rounding = ROUNDING * exact;
    assertTrue(flow.value() <= exact + rounding, instance + ": " + flow.value() + " > " + exact);
    assertTrue(
        flow.value() >= exact - gap - rounding, instance + ": " + flow.value() + " << " + exact);
    return flow;
  }
}
