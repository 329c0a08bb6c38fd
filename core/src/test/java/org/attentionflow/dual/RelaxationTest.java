package org.attentionflow.dual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.attentionflow.information.SyntheticInformation;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkSettings;
import org.junit.jupiter.api.Test;

class RelaxationTest {
  private static final long SEED = 31;
  private static final int INSTANCES = 12;
  private static final int MANY = 1000;

  /** Parts of the largest capacity. */
  private static final double[] MU = {1e-2, 1e-5, 1e-8};

  private static List<FlowNetwork> networks() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<FlowNetwork> networks = new ArrayList<>();
    for (int i = 0; i < INSTANCES; i++) {
      double zeros = i % 3 * 0.2;
      networks.add(
          LayeredNetworks.chain(LayeredNetworks.logUniform(random, i, zeros), 5, 9, 1, 8, 12));
      networks.add(LayeredNetworks.branching(LayeredNetworks.logUniform(random, i, zeros), 7));
    }
    return networks;
  }

  private static ArcRows arcs(FlowNetwork network) {
    return new ArcRows(network, 1 / network.largestCapacity());
  }

  /** Potentials between 0 and 1, as they are kept: from 0 or from 1 on. */
  private static double[][] anywhere(ArcRows arcs, SplittableRandom random) {
    double[][] potential = arcs.zeros();
    for (int group = 0; group < potential.length; group++) {
      for (int i = 0; i < potential[group].length && group != arcs.sink(); i++) {
        double from = StrictMath.pow(10, -8 * random.nextDouble());
        potential[group][i] = arcs.isUpper(group) ? -from : from;
      }
    }
    return potential;
  }

  @Test
  void everyNodeOfAGroupIsBalancedAfterALongTurn() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (FlowNetwork network : networks()) {
      ArcRows arcs = arcs(network);
      Relaxation relaxation = new Relaxation(network, new DualEvaluation(arcs));
      for (double mu : MU) {
        double[][] potential = anywhere(arcs, random);
        for (int group = 0; group < potential.length; group++) {
          if (group != network.sink()) {
            double[][] before = Potentials.copy(potential);
            relaxation.turn(group, potential, mu, MANY);
            assertOnlyMoved(group, before, potential);
            ArcByArc there = new ArcByArc(arcs, potential, mu);
            for (int i = 0; i < potential[group].length; i++) {
              double decrement = there.decrement(group, i, mu);
              assertTrue(
                  decrement <= Relaxation.BALANCED,
                  "seed " + SEED + " mu " + mu + " group " + group + ": " + decrement);
            }
          }
        }
      }
    }
  }

  private static void assertOnlyMoved(int moved, double[][] before, double[][] after) {
    for (int group = 0; group < before.length; group++) {
      if (group != moved) {
        assertArrayEquals(before[group], after[group], 0);
      }
    }
  }

  /** From far off, and after it as far as rounding lets values of the dual function be compared. */
  @Test
  void sweepsRaiseTheDualValue() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (FlowNetwork network : networks()) {
      ArcRows arcs = arcs(network);
      Relaxation relaxation = new Relaxation(network, new DualEvaluation(arcs));
      for (double mu : MU) {
        for (boolean isFirstInwards : new boolean[] {false, true}) {
          double[][] potential = anywhere(arcs, random);
          ArcByArc before = new ArcByArc(arcs, potential, mu);
          for (int sweep = 0; sweep < 8; sweep++) {
            relaxation.sweep(potential, mu, isFirstInwards ^ (sweep % 2 == 1), MANY);
            ArcByArc after = new ArcByArc(arcs, potential, mu);
            double rounding = 1e-13 * (before.size() + after.size());
            double gain = after.value() - before.value();
            String where = "seed " + SEED + " mu " + mu + " sweep " + sweep + ": " + gain;
            assertTrue(sweep == 0 ? gain > 0 : gain >= -rounding, where);
            before = after;
          }
        }
      }
    }
  }

  /** Sweeps alone solve a small problem: what they hold fixed is nothing but the solution. */
  @Test
  void manySweepsBalanceEveryNode() {
    SplittableRandom random = new SplittableRandom(SEED);
    FlowNetwork network =
        LayeredNetworks.chain(LayeredNetworks.logUniform(random, 2, 0.2), 3, 4, 3);
    ArcRows arcs = arcs(network);
    double[][] potential = arcs.zeros();
    Relaxation relaxation = new Relaxation(network, new DualEvaluation(arcs));
    for (int sweep = 0; sweep < 20_000; sweep++) {
      relaxation.sweep(potential, 0.1, sweep % 2 == 0, 3);
    }
    ArcByArc there = new ArcByArc(arcs, potential, 0.1);
    for (int group = 0; group < potential.length; group++) {
      for (int i = 0; i < potential[group].length; i++) {
        // Relative to what flows through the node: some roundings of flows and potentials.
        assertEquals(0, there.imbalance()[group][i], 1e-11 * there.throughput()[group][i]);
      }
    }
  }

  /** No arc joins a group before the middle one with one behind it. */
  @Test
  void halvesDoNotTouch() {
    for (FlowNetwork network : networks()) {
      int[] order = Relaxation.order(network);
      int middle = Relaxation.middle(network, order);
      boolean isChain = network.blocks().size() == order.length;
      assertEquals(isChain, middle > 0, "the cross-attention of the others passes every group");
      List<Integer> before = IntStream.range(0, middle).mapToObj(k -> order[k]).toList();
      List<Integer> behind =
          IntStream.range(middle + 1, order.length).mapToObj(k -> order[k]).toList();
      for (ArcBlock block : network.blocks()) {
        assertFalse(before.contains(block.tail()) && behind.contains(block.head()));
      }
    }
  }

  /** Two threads take half of the groups each where there are halves, four share every turn. */
  @Test
  void sweepsHaveTheSameBitsForAnyNumberOfThreads() {
    List<FlowNetwork> networks = new ArrayList<>(networks().subList(0, 4));
    for (int layers : new int[] {1, 3, 4}) {
      networks.add(
          new BackwardNetworkBuilder()
              .build(
                  SyntheticInformation.of(
                      SyntheticInformation.Kind.ATTENTION, layers, 200, 1, SEED),
                  NetworkSettings.defaults()));
    }
    for (FlowNetwork network : networks) {
      ArcRows arcs = arcs(network);
      double[][] start = anywhere(arcs, new SplittableRandom(SEED));
      double[][] alone = null;
      for (int threads : new int[] {1, 2, 4}) {
        double[][] potential = Potentials.copy(start);
        try (WorkerThreads workers = new WorkerThreads(threads)) {
          DualEvaluation dual = new DualEvaluation(arcs, workers, new PlainArcKernel());
          Relaxation relaxation = new Relaxation(network, dual);
          relaxation.sweep(potential, 1e-4, true, 3);
          relaxation.sweep(potential, 1e-4, false, 3);
        }
        alone = alone == null ? potential : alone;
        for (int group = 0; group < alone.length; group++) {
          assertArrayEquals(alone[group], potential[group], 0, threads + " threads");
          boolean hasMoved = !Arrays.equals(start[group], potential[group]);
          assertEquals(group != network.sink(), hasMoved, "every group has its turn");
        }
      }
    }
  }

  /** The squares of these capacities underflow, and with them the conductances. */
  @Test
  void nodesWithoutConductanceStayWhereTheyAre() {
    SplittableRandom random = new SplittableRandom(SEED);
    FlowNetwork network = LayeredNetworks.withUnderflow();
    ArcRows arcs = arcs(network);
    double[][] potential = anywhere(arcs, random);
    double before = potential[1][1];
    Relaxation relaxation = new Relaxation(network, new DualEvaluation(arcs));
    relaxation.sweep(potential, 1e-3, true, 5);
    assertEquals(before, potential[1][1]);
    for (double[] group : potential) {
      for (double value : group) {
        assertTrue(Double.isFinite(value));
      }
    }
  }
}
