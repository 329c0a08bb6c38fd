package org.attentionflow.dual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.attentionflow.network.FlowNetwork;
import org.junit.jupiter.api.Test;

/** {@link ArcLoops} and {@link ArcSums} against a plain loop over arcs. */
class ArcSumsTest {
  private static final long SEED = 32;

  /**
   * Relative to inflow + outflow: a few thousand terms, each a few roundings from the plain one.
   */
  private static final double CLOSE = 1e-13;

  private static final double MU = 1e-4;

  /** Around whole vectors and whole strips. */
  private static final int[] WIDTHS = {1, 3, 7, 8, 9, 31, 1023, 1025};

  @Test
  void sumsAgreeWithAPlainLoopForRowsOfEveryWidth() {
    SplittableRandom random = new SplittableRandom(SEED);
    DoubleSupplier capacity = LayeredNetworks.logUniform(random, 6, 0.1);
    for (int width : WIDTHS) {
      for (int tails : new int[] {1, 2, 40}) {
        check(LayeredNetworks.ofWidth(capacity, tails, width), random);
      }
    }
  }

  @Test
  void sumsAgreeWhereBlocksJoinTheSameGroups() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int size : new int[] {1, 5, 16}) {
      check(LayeredNetworks.branching(LayeredNetworks.logUniform(random, 6, 0), size), random);
    }
  }

  @Test
  void rowsToAnEmptyGroupHaveNoArcs() {
    SplittableRandom random = new SplittableRandom(SEED);
    FlowNetwork network = LayeredNetworks.withEmptyGroup(LayeredNetworks.logUniform(random, 6, 0));
    assertEquals(0, network.groups().get(1).size());
    assertTrue(network.blocks().get(0).capacity().rowCount() > 0);
    check(network, random);
  }

  private static void check(FlowNetwork network, SplittableRandom random) {
    ArcRows arcs = new ArcRows(network, 1 / network.largestCapacity());
    double[][] potential = arcs.zeros();
    for (int group = 0; group < potential.length; group++) {
      for (int i = 0; i < potential[group].length && group != arcs.sink(); i++) {
        potential[group][i] = random.nextDouble(-1, 1);
      }
    }
    ArcByArc expected = new ArcByArc(arcs, potential, MU);
    DualEvaluation dual = new DualEvaluation(arcs);
    Diagonal laplacian = new Diagonal(arcs);
    dual.evaluate(potential, MU, laplacian);
    close(expected.imbalance(), dual.imbalance(), expected.throughput());
    close(expected.diagonal(), laplacian.sum, expected.diagonal());
    close(expected.costImbalance(), dual.costImbalance(potential, MU), expected.costThroughput());
    close(expected.imbalance(), dual.imbalanceAt(potential, MU), expected.throughput());
    for (int group = 0; group < potential.length; group++) {
      double[][] one = {new double[potential[group].length], new double[potential[group].length]};
      dual.evaluateAt(group, dual.chunksAt(group), potential, MU, one[0], one[1]);
      close(expected.imbalance()[group], one[0], expected.throughput()[group]);
      close(expected.diagonal()[group], one[1], expected.diagonal()[group]);
    }
  }

  private static void close(double[][] expected, double[][] actual, double[][] size) {
    for (int group = 0; group < expected.length; group++) {
      close(expected[group], actual[group], size[group]);
    }
  }

  private static void close(double[] expected, double[] actual, double[] size) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], CLOSE * size[i], "seed " + SEED + " node " + i);
    }
  }

  /** Sums the conductances at each node. */
  private static final class Diagonal implements Conductances {
    final double[][] sum;

    Diagonal(ArcRows arcs) {
      sum = arcs.zeros();
    }

    @Override
    public void clear() {
      for (double[] group : sum) {
        Arrays.fill(group, 0);
      }
    }

    @Override
    public void add(int group, int member, int other, int otherMember, double conductance) {
      sum[group][member] += conductance;
      sum[other][otherMember] += conductance;
    }

    @Override
    public void addRow(int group, int member, int other, int count, double[] conductance) {
      for (int column = 0; column < count; column++) {
        add(group, member, other, column, conductance[column]);
      }
    }
  }
}
