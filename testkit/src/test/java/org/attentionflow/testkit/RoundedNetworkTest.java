package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.PrunedNetwork;
import org.attentionflow.tensor.Matrix;
import org.attentionflow.tensor.Precision;
import org.attentionflow.tensor.Rounding;
import org.attentionflow.testkit.RandomNetworks.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks with capacities in 32 bits: what they keep, and what the maximum flow loses. */
class RoundedNetworkTest {
  private static final double HALF_UNIT = 0x1p-24;

  /** Relative, of sums of capacities in either network. */
  private static final double SUMMING = 1e-12;

  @ParameterizedTest
  @EnumSource(Kind.class)
  void roundsEveryCapacityAndSaysHowMuch(Kind kind) {
    for (long seed = 0; seed < 20; seed++) {
      FlowNetwork exact = RandomNetworks.of(kind, seed).network();
      FlowNetwork rounded = exact.in(Precision.FLOAT);
      double worst = 0;
      double lost = 0;
      double largest = 0;
      for (int number = 0; number < exact.blocks().size(); number++) {
        ArcBlock block = exact.blocks().get(number);
        Matrix after = rounded.blocks().get(number).capacity();
        assertEquals(Precision.FLOAT, after.precision());
        for (int i = 0; i < after.size(); i++) {
          double u = block.capacity().get(i);
          assertEquals((float) u, after.get(i));
          double change = Math.abs(after.get(i) - u);
          worst = u >= Float.MIN_NORMAL ? Math.max(worst, change / u) : worst;
          lost += u < Float.MIN_NORMAL ? change : 0;
          largest = exact.isTerminal(block) ? largest : Math.max(largest, after.get(i));
        }
      }
      assertEquals(worst, rounded.rounding().relative());
      assertEquals(lost, rounded.rounding().absolute(), SUMMING * lost);
      assertTrue(lost == 0 || kind == Kind.FORTY_DECADES, "subnormal numbers");
      assertTrue(worst <= HALF_UNIT);
      assertEquals(largest, rounded.largestCapacity());
      assertEquals(exact.returnCapacity(), rounded.returnCapacity());
      assertEquals(exact.capacityBytes(), 2 * rounded.capacityBytes());
      assertSame(rounded, rounded.in(Precision.DOUBLE));
      assertSame(exact, exact.in(Precision.DOUBLE));
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theMaximumFlowChangesByNoMoreThanIsSaid(Kind kind) {
    for (long seed = 50; seed < 80; seed++) {
      NetworkInstance instance = RandomNetworks.of(kind, seed);
      FlowNetwork rounded = instance.network().in(Precision.FLOAT);
      double before = ExactMaximumFlow.of(instance.network()).value();
      double after = ExactMaximumFlow.of(rounded).value();
      Rounding rounding = rounded.rounding();
      double bound = (rounding.relative() + SUMMING) * before + rounding.absolute();
      assertEquals(before, after, bound, instance.name());
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void pruningKeepsThePrecision(Kind kind) {
    for (long seed = 0; seed < 20; seed++) {
      FlowNetwork rounded = RandomNetworks.of(kind, seed).network().in(Precision.FLOAT);
      PrunedNetwork narrow = PrunedNetwork.of(rounded);
      PrunedNetwork wide = PrunedNetwork.of(NetworkTransforms.scaled(rounded, 1));
      assertEquals(wide.network().groups(), narrow.network().groups());
      for (int number = 0; number < rounded.blocks().size(); number++) {
        Matrix capacity = narrow.network().blocks().get(number).capacity();
        assertEquals(Precision.FLOAT, capacity.precision());
        double[] expected = wide.network().blocks().get(number).capacity().values();
        for (int i = 0; i < expected.length; i++) {
          assertEquals(expected[i], capacity.get(i));
        }
      }
    }
  }
}
