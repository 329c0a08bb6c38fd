package org.attentionflow.maxflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.attentionflow.flow.maximum.MaximumFlowRanges;
import org.attentionflow.flow.maximum.TokenRange;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.information.SyntheticInformation;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.ForwardNetworkBuilder;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.tensor.Matrix;
import org.attentionflow.testkit.ExactMaximumFlow;
import org.attentionflow.testkit.NetworkInstance;
import org.attentionflow.testkit.RandomNetworks;
import org.junit.jupiter.api.Test;

/**
 * The ranges against plain maximum flows by the oracle: with v(S) the maximum flow if only the
 * tokens in S are joined to the terminal, the range of token i is [v(all) − v(all but i), v({i})].
 *
 * <p>A maximum flow splits into paths, those through token i and others; the others carry at most
 * v(all but i), and those through i at most v({i}). Both are attained: augmenting a flow along
 * paths never takes flow off an arc at the super-sink, so the flow of v({i}) grows into a maximum
 * flow that keeps it, and that of v(all but i) into one that gives all it adds to i.
 */
class MaximumFlowRangesTest {
  /** Sums of up to some thousand numbers, relative to the flow value. */
  private static final double ROUNDING = 1e-12;

  private static final long FIRST_SEED = 6_000_000;

  @Test
  void agreesWithMaximumFlowsOfSubsetsOfTheTokens() {
    int wide = 0;
    for (NetworkInstance instance : RandomNetworks.ofEveryKind(FIRST_SEED, 25)) {
      wide += assertRanges(instance);
    }
    assertTrue(wide > 300, "only " + wide + " ranges are wider than rounding");
  }

  @Test
  void doesNotDependOnTheDirectionOfTheArcs() {
    for (SyntheticInformation.Kind kind : SyntheticInformation.Kind.values()) {
      InformationTensor information = SyntheticInformation.of(kind, 6, 24, 2, FIRST_SEED);
      FlowNetwork backward =
          new BackwardNetworkBuilder().build(information, NetworkSettings.defaults());
      FlowNetwork forward =
          new ForwardNetworkBuilder().build(information, NetworkSettings.defaults());
      assertRanges(new NetworkInstance(kind + " backward", backward));
      double value = ExactMaximumFlow.of(forward).value();
      List<TokenRange> expected = MaximumFlowRanges.of(backward);
      List<TokenRange> actual = MaximumFlowRanges.of(forward);
      for (int token = 0; token < expected.size(); token++) {
        assertEquals(expected.get(token).least(), actual.get(token).least(), ROUNDING * value);
        assertEquals(expected.get(token).most(), actual.get(token).most(), ROUNDING * value);
      }
    }
  }

  @Test
  void holdTheScoresOfAMaximumFlow() {
    for (NetworkInstance instance : RandomNetworks.ofEveryKind(FIRST_SEED, 25)) {
      FlowNetwork network = instance.network();
      ExactMaximumFlow maximum = ExactMaximumFlow.of(network);
      List<TokenRange> ranges = MaximumFlowRanges.of(network);
      double tolerance = ROUNDING * maximum.value();
      int token = 0;
      for (int block : network.tokenBlocks()) {
        for (double score : maximum.blockFlow(block)) {
          TokenRange range = ranges.get(token++);
          assertTrue(score >= range.least() - tolerance, instance + ": " + score + " " + range);
          assertTrue(score <= range.most() + tolerance, instance + ": " + score + " " + range);
        }
      }
      assertEquals(ranges.size(), token);
    }
  }

  /** Checks every range, and returns how many are wider than rounding. */
  private static int assertRanges(NetworkInstance instance) {
    FlowNetwork network = instance.network();
    List<TokenRange> ranges = MaximumFlowRanges.of(network);
    double all = ExactMaximumFlow.of(network).value();
    int wide = 0;
    for (int i = 0; i < ranges.size(); i++) {
      int token = i;
      double alone = ExactMaximumFlow.of(withTokens(network, other -> other == token)).value();
      double without = ExactMaximumFlow.of(withTokens(network, other -> other != token)).value();
      TokenRange range = ranges.get(token);
      String what = instance.name() + ": token " + token;
      assertEquals(alone, range.most(), ROUNDING * all, what);
      assertEquals(all - without, range.least(), ROUNDING * all, what);
      wide += range.most() - range.least() > ROUNDING * all ? 1 : 0;
    }
    return wide;
  }

  /** The network with the terminal arcs of some tokens alone. */
  private static FlowNetwork withTokens(FlowNetwork network, IntPredicate kept) {
    List<ArcBlock> blocks = new ArrayList<>(network.blocks());
    int token = 0;
    for (int number : network.tokenBlocks()) {
      ArcBlock block = network.blocks().get(number);
      double[] capacity = block.capacity().values().clone();
      for (int i = 0; i < capacity.length; i++) {
        capacity[i] = kept.test(token++) ? capacity[i] : 0;
      }
      Matrix shape = block.capacity();
      blocks.set(number, block.with(Matrix.of(shape.rowCount(), shape.columnCount(), capacity)));
    }
    return FlowNetwork.of(
        network.groups(), blocks, network.source(), network.sink(), network.tokenBlocks());
  }
}
