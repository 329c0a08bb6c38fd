package org.attentionflow.ortools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeGroup;
import org.attentionflow.network.PrunedNetwork;
import org.attentionflow.tensor.Matrix;
import org.attentionflow.testkit.NetworkInstance;
import org.attentionflow.testkit.RandomNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No sum overflows, and no arc loses a unit or more. */
class IntegerCapacitiesTest {
  private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(62);

  @Test
  void sumsStayBelowTheLimitAndUseIt() {
    for (NetworkInstance instance : RandomNetworks.ofEveryKind(8_000_000, 30)) {
      PrunedNetwork pruned = PrunedNetwork.of(instance.network());
      if (pruned.hasPath()) {
        BigInteger largest = assertFits(pruned.network());
        // One more bit would not fit, but for the allowance for rounding of the sums.
        double share = largest.doubleValue() / LIMIT.doubleValue();
        assertTrue(share > 0.499 && share < 1, instance + ": " + share);
      }
    }
  }

  /** Single arcs in a row; sums and scales at the ends of the range of doubles. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-30, 1, 0x1.fffffffffffffp+0, 1e30, 1e300})
  void anyUnitOfTheCapacitiesFits(double unit) {
    FlowNetwork network = path(unit * 1.5, unit, unit * 1.25);
    assertFits(network);
    IntegerCapacities capacities = IntegerCapacities.of(network);
    long units = capacities.capacity(network.blocks().get(1), 0);
    assertEquals(unit, capacities.value(units));
  }

  @Test
  void terminalArcsAreClippedToWhatTheTokenPassesOn() {
    FlowNetwork network = path(1e12, 1, 1e9);
    IntegerCapacities capacities = IntegerCapacities.of(network);
    long inner = capacities.capacity(network.blocks().get(1), 0);
    for (int terminal : new int[] {0, 2}) {
      ArcBlock block = network.blocks().get(terminal);
      assertEquals(inner, capacities.capacity(block, 0));
      assertTrue(capacities.isClipped(block, 0));
    }
    assertFalse(capacities.isClipped(network.blocks().get(1), 0));
    assertEquals(1L << 61, inner);
  }

  private static FlowNetwork path(double... capacity) {
    List<NodeGroup> groups = new ArrayList<>();
    List<ArcBlock> blocks = new ArrayList<>();
    for (int i = 0; i <= capacity.length; i++) {
      groups.add(new NodeGroup("group " + i, 1));
    }
    for (int i = 0; i < capacity.length; i++) {
      blocks.add(ArcBlock.dense(i, i + 1, Matrix.of(1, 1, new double[] {capacity[i]})));
    }
    return FlowNetwork.of(groups, blocks, 0, capacity.length, List.of(capacity.length - 1));
  }

  /** Checks every arc and node in exact arithmetic; returns the largest sum of a node. */
  private static BigInteger assertFits(FlowNetwork network) {
    IntegerCapacities capacities = IntegerCapacities.of(network);
    BigDecimal unit = new BigDecimal(capacities.value(1));
    BigInteger[] in = new BigInteger[network.nodeCount()];
    Arrays.fill(in, BigInteger.ZERO);
    BigInteger[] out = in.clone();
    for (ArcBlock block : network.blocks()) {
      for (int arc = 0; arc < block.capacity().size(); arc++) {
        BigInteger exact = BigInteger.valueOf(capacities.capacity(block, arc));
        int tail = capacities.tail(block, arc);
        int head = capacities.head(block, arc);
        out[tail] = out[tail].add(exact);
        in[head] = in[head].add(exact);
        BigDecimal lost =
            new BigDecimal(block.capacity().get(arc))
                .subtract(new BigDecimal(exact).multiply(unit));
        assertTrue(lost.signum() >= 0, "rounded down");
        if (!capacities.isClipped(block, arc)) {
          assertTrue(lost.compareTo(unit) < 0, "by less than a unit");
          assertEquals(lost.signum() > 0, capacities.isRounded(block, arc));
        }
      }
    }
    BigInteger largest = BigInteger.ZERO;
    for (int node = 0; node < in.length; node++) {
      largest = largest.max(in[node]).max(out[node]);
    }
    assertTrue(largest.compareTo(LIMIT) < 0, largest + " overflows");
    return largest;
  }
}
