package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.testkit.RandomNetworks.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracle is judged by hand, by its own cut, and by trying every cut there is. */
class ExactMaximumFlowTest {
  /** Some hundred roundings of 1.1e-16 each, relative to the largest number involved. */
  private static final double ROUNDING = 1e-13;

  static List<KnownNetworks.WithValue> known() {
    return KnownNetworks.withValue();
  }

  static Stream<RecordedNetworks.Recording> recorded() {
    return RecordedNetworks.all().stream();
  }

  @ParameterizedTest
  @MethodSource("known")
  void findsTheValueWorkedOutByHand(KnownNetworks.WithValue known) {
    ExactMaximumFlow flow = ExactMaximumFlow.of(known.instance().network());
    assertEquals(known.maximumFlow(), flow.value(), 0);
    assertEquals(known.maximumFlow(), flow.pushed(), ROUNDING);
  }

  /** The recorded maximum flows come from a linear program solved to about 1e-9. */
  @ParameterizedTest
  @MethodSource("recorded")
  void findsTheRecordedMaximum(RecordedNetworks.Recording recording) {
    double value = ExactMaximumFlow.of(recording.instance().network()).value();
    assertEquals(recording.maximumFlow(), value, 1e-8 * recording.maximumFlow());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void isAFlowAsLargeAsItsCut(Kind kind) {
    for (long seed = 0; seed < 40; seed++) {
      NetworkInstance instance = RandomNetworks.of(kind, seed);
      FlowNetwork network = instance.network();
      ExactMaximumFlow flow = ExactMaximumFlow.of(network);
      double largest = network.largestCapacity();
      assertEquals(flow.value(), flow.pushed(), ROUNDING * network.arcCount() * largest);
      double drained = 0;
      for (int block : network.tokenBlocks()) {
        for (double score : flow.blockFlow(block)) {
          drained += score;
        }
      }
      assertEquals(flow.value(), drained, ROUNDING * network.arcCount() * largest);
      assertWithinBounds(instance, flow);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void noCutIsSmaller(Kind kind) {
    int tried = 0;
    for (long seed = 0; seed < 1000 && tried < 20; seed++) {
      NetworkInstance instance = RandomNetworks.of(kind, seed);
      if (instance.network().nodeCount() - 2 <= 12) {
        double value = ExactMaximumFlow.of(instance.network()).value();
        assertEquals(smallestCut(instance.network()), value, ROUNDING, instance.name());
        tried++;
      }
    }
    assertTrue(tried >= 10, "only " + tried + " networks were small enough");
  }

  @Test
  void seedsGiveTheSameNetworkAgain() {
    for (Kind kind : Kind.values()) {
      FlowNetwork once = RandomNetworks.of(kind, 7).network();
      FlowNetwork again = RandomNetworks.of(kind, 7).network();
      for (int block = 0; block < once.blocks().size(); block++) {
        assertArrayEquals(
            once.blocks().get(block).capacity().values(),
            again.blocks().get(block).capacity().values());
      }
    }
  }

  private static void assertWithinBounds(NetworkInstance instance, ExactMaximumFlow flow) {
    List<ArcBlock> blocks = instance.network().blocks();
    for (int block = 0; block < blocks.size(); block++) {
      double[] flows = flow.blockFlow(block);
      for (int i = 0; i < flows.length; i++) {
        double capacity = blocks.get(block).capacity().values()[i];
        assertTrue(flows[i] >= 0 && flows[i] <= capacity, instance.name());
      }
    }
  }

  /** The least capacity over all sets of nodes with the source and without the sink. */
  private static double smallestCut(FlowNetwork network) {
    ExactMaximumFlow cuts = ExactMaximumFlow.of(network);
    int nodes = network.nodeCount();
    // Source and sink are the last two groups of every generated network.
    int sink = nodes - 2;
    int source = nodes - 1;
    double smallest = Double.POSITIVE_INFINITY;
    for (int set = 0; set < 1 << (nodes - 2); set++) {
      boolean[] side = new boolean[nodes];
      for (int node = 0; node < nodes - 2; node++) {
        side[node] = (set >> node & 1) == 1;
      }
      side[source] = true;
      side[sink] = false;
      smallest = Math.min(smallest, cuts.cutCapacity(side));
    }
    return smallest;
  }
}
