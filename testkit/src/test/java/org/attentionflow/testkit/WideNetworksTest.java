package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.attentionflow.dual.ArcRows;
import org.attentionflow.dual.RowChunks;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.PrunedNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of threads test something: the networks are large enough for them, and not all alike. */
class WideNetworksTest {
  static List<NetworkInstance> wide() {
    return RandomNetworks.wide();
  }

  private static RowChunks chunks(NetworkInstance instance) {
    FlowNetwork pruned = PrunedNetwork.of(instance.network()).network();
    return RowChunks.of(new ArcRows(pruned, 1));
  }

  @ParameterizedTest
  @MethodSource("wide")
  void fourThreadsShareTheArcs(NetworkInstance instance) {
    assertEquals(4, chunks(instance).threads(4));
  }

  @Test
  void blocksBetweenTheSameGroupsTakeTurns() {
    assertEquals(1, chunks(wide().get(0)).rounds());
    for (NetworkInstance instance : wide().subList(1, 4)) {
      assertTrue(chunks(instance).rounds() > 1, instance.name());
    }
  }
}
