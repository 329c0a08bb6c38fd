package org.attentionflow.maxflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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

/** The maximum flow against the oracle, and value against cut. */
class MaximumFlowTest {
  /** Rounding of sums of up to some ten thousand numbers, relative to the sum. */
  private static final double ROUNDING = 1e-12;

  /** Recorded maximum flows are a linear program's, to 1e-9 of the value. */
  private static final double RECORDED = 1e-9;

  private static final long FIRST_SEED = 5_000_000;

  static List<RecordedNetworks.Recording> recordings() {
    return RecordedNetworks.all();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void agreesWithRecordedMaximumFlows(RecordedNetworks.Recording recording) {
    double value = assertExact(recording.instance());
    assertEquals(recording.maximumFlow(), value, RECORDED * recording.maximumFlow());
  }

  @Test
  void agreesWithTheOracleOnRandomNetworks() {
    for (NetworkInstance instance : RandomNetworks.ofEveryKind(FIRST_SEED, 40)) {
      assertExact(instance);
    }
  }

  /** The value is exact relative to itself, not only to the largest capacity. */
  @Test
  void agreesWithTheOracleOverTwelveDecades() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + 500; seed++) {
      assertExact(RandomNetworks.of(Kind.TWELVE_DECADES, seed));
    }
  }

  @ParameterizedTest
  @EnumSource(SyntheticInformation.Kind.class)
  void agreesWithTheOracleAtTheSizeOfAModel(SyntheticInformation.Kind kind) {
    FlowNetwork network =
        new BackwardNetworkBuilder()
            .build(
                SyntheticInformation.of(kind, 12, 128, 1, FIRST_SEED), NetworkSettings.defaults());
    assertExact(new NetworkInstance(kind + ", 12 layers, 128 tokens", network));
  }

  @Test
  void stopsAtThePhaseLimitWithAFlowAndAnUpperBound() {
    int stopped = 0;
    for (NetworkInstance instance : RandomNetworks.ofEveryKind(FIRST_SEED, 40)) {
      MaximumFlow all = MaximumFlow.of(instance.network());
      MaximumFlow one = MaximumFlow.of(instance.network(), 1);
      assertTrue(all.isComplete(), instance.name());
      assertEquals(all.phases() <= 1, one.isComplete(), instance.name());
      assertTrue(one.value() <= all.value() * (1 + ROUNDING), instance.name());
      assertTrue(one.cut() >= all.cut() * (1 - ROUNDING), instance.name());
      stopped += one.isComplete() ? 0 : 1;
    }
    assertFalse(stopped == 0, "no network needs two phases");
  }

  private static double assertExact(NetworkInstance instance) {
    double expected = ExactMaximumFlow.of(instance.network()).value();
    MaximumFlow actual = MaximumFlow.of(instance.network());
    assertTrue(actual.isComplete(), instance.name());
    assertEquals(expected, actual.value(), ROUNDING * expected, instance.name());
    assertEquals(expected, actual.cut(), ROUNDING * expected, instance.name());
    return actual.value();
  }
}
