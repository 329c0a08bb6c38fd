package org.attentionflow.barrier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.attentionflow.dual.ArcRows;
import org.attentionflow.dual.DualEvaluation;
import org.attentionflow.dual.StartingPoint;
import org.attentionflow.dual.WorkerThreads;
import org.attentionflow.information.SyntheticInformation;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.network.NodeGroup;
import org.attentionflow.tensor.Matrix;
import org.attentionflow.testkit.RowByRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockCholeskyTest {

  /** What the 32 bits of the factor may do to a solution, in the energy norm √(eᵀLe). */
  private static final double ROUNDING = 2e-6;

  /**
   * Random networks of groups in which arcs skip groups, so that the factor fills in, and halved
   * chains of groups of uneven sizes, some wider than a strip. Conductances lie within three
   * decades at first and within thirty at last: neither their size nor the condition of the matrix
   * matters.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void solvesTheGroundedLaplacianToTheRoundingOfItsFactor(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double decades = 1 + 29 * (seed / 12.0);
    for (FlowNetwork network :
        List.of(network(random, decades), chain(random, random.nextInt(4, 9), decades))) {
      BlockCholesky factor = factor(network, 1);
      JoinedNodes nodes = fill(network, factor);
      assertTrue(factor.prepare());
      double[][] b = currents(network, random);
      double[] exact = nodes.solve(b);
      double[] found = nodes.flat(factor.estimate(b));
      double size = nodes.energy(exact);
      for (int i = 0; i < found.length; i++) {
        found[i] -= exact[i];
      }
      double error = Math.sqrt(nodes.energy(found) / size);
      assertTrue(error < ROUNDING, "seed " + seed + ": " + error);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void solvesAChainToTheSameBitsForAnyNumberOfThreads(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    FlowNetwork network = chain(random, random.nextInt(4, 9), 1);
    double[][] b = currents(network, random);
    double[][] first = null;
    for (int threads : new int[] {1, 2, 4}) {
      BlockCholesky factor = factor(network, threads);
      fill(network, factor);
      assertTrue(factor.prepare());
      double[][] x = factor.estimate(b);
      first = first == null ? x : first;
      assertTrue(Arrays.deepEquals(first, x), threads + " threads");
    }
  }

  @Test
  void halvesAChainIntoPartsThatDoNotTouch() {
    FlowNetwork network = chain(new SplittableRandom(1), 8, 1);
    Elimination elimination = Elimination.of(network);
    int first = elimination.firstEnd();
    int second = elimination.secondEnd();
    assertTrue(0 < first && first < second);
    assertEquals(elimination.stepCount() - 1, second);
    for (int step = 0; step < first; step++) {
      for (int later : elimination.later(step)) {
        int at = elimination.step(later);
        assertTrue(at < first || at >= second, "step " + step + " touches step " + at);
      }
    }
  }

  /**
   * Two nodes joined by 1e12 hang on the ground by 1e-12: 1e-24 of it, far below the rounding of a
   * diagonal entry. A unit current through both must raise them to 1e12 all the same.
   */
  @Test
  void findsAWeakLinkBehindAStrongOne() {
    List<NodeGroup> groups =
        List.of(
            new NodeGroup("input", 1), new NodeGroup("super-sink", 1), new NodeGroup("source", 1));
    ArcBlock one = ArcBlock.uniform(2, 0, 1, 1, 1);
    ArcBlock two = ArcBlock.uniform(0, 1, 1, 1, 1);
    FlowNetwork network = FlowNetwork.of(groups, List.of(one, two), 2, 1, List.of(1));
    BlockCholesky factor = factor(network, 1);
    factor.clear();
    factor.add(2, 0, 0, 0, 1e12);
    factor.add(0, 0, 1, 0, 1e-12);
    assertTrue(factor.prepare());
    double[][] x = new ArcRows(network, 1).zeros();
    x[2][0] = 1;
    factor.solveInPlace(x);
    assertEquals(1e12, x[0][0], 1e-3);
    assertEquals(1e12, x[2][0], 1e-3);
  }

  /**
   * Groups joined by about 1 hang on the ground by 1e-12, far below the rounding of their factor:
   * rows of it that did not sum to 0 would join them to the ground by 1e-8.
   */
  @Test
  void groupsThatHangByLittleAreRaisedByAllOfIt() {
    FlowNetwork network = chain(new SplittableRandom(5), 5, 1);
    BlockCholesky factor = factor(network, 1);
    double toGround = 0;
    factor.clear();
    for (ArcBlock block : network.blocks()) {
      boolean isLast = block.head() == network.sink();
      for (int row = 0; row < block.capacity().rowCount(); row++) {
        for (int column = 0; column < block.capacity().columnCount(); column++) {
          double value = block.capacity().get(row, column) * (isLast ? 1e-12 : 1);
          factor.add(block.tail(), row, block.head(), column, value);
          toGround += isLast ? value : 0;
        }
      }
    }
    assertTrue(factor.prepare());
    double[][] b = new ArcRows(network, 1).zeros();
    b[network.source()][0] = 1;
    double[][] x = factor.estimate(b);
    for (int group = 0; group < x.length; group++) {
      for (int i = 0; group != network.sink() && i < x[group].length; i++) {
        assertEquals(1 / toGround, x[group][i], 1e-5 / toGround);
      }
    }
  }

  @Test
  void reportsAMatrixThatIsNotPositiveDefinite() {
    FlowNetwork network = network(new SplittableRandom(3), 1);
    BlockCholesky factor = factor(network, 1);
    factor.clear();
    assertFalse(factor.prepare());
  }

  /** Several strips to a block and several chunks, and rows that fill no whole vectors. */
  @ParameterizedTest
  @ValueSource(ints = {5, 133, 170})
  void stripsOfRowsAreKeptAsRowsAre(int tokens) {
    FlowNetwork network =
        new BackwardNetworkBuilder()
            .build(
                SyntheticInformation.of(SyntheticInformation.Kind.ATTENTION, 3, tokens, 1, 3),
                NetworkSettings.defaults());
    double scale = 1 / network.largestCapacity();
    ArcRows arcs = new ArcRows(network, scale);
    double[][] potential = StartingPoint.of(network, arcs, scale, 1e-3);
    BlockCholesky strips = factor(network, 2);
    new DualEvaluation(arcs).evaluate(potential, 1e-3, strips);
    BlockCholesky rows = factor(network, 1);
    new DualEvaluation(arcs).evaluate(potential, 1e-3, new RowByRow(rows));
    assertTrue(strips.prepare());
    assertTrue(rows.prepare());
    SplittableRandom random = new SplittableRandom(1);
    double[][] b = arcs.zeros();
    for (double[] group : b) {
      Arrays.setAll(group, i -> random.nextDouble(-1, 1));
    }
    double[][] expected = rows.estimate(b);
    double[][] actual = strips.estimate(b);
    for (int group = 0; group < b.length; group++) {
      assertArrayEquals(expected[group], actual[group], 0);
    }
  }

  private static BlockCholesky factor(FlowNetwork network, int threads) {
    return new BlockCholesky(
        network, Elimination.of(network), new PlainKernel(), new WorkerThreads(threads));
  }

  private static FlowNetwork network(SplittableRandom random, double decades) {
    int inner = random.nextInt(2, 6);
    List<NodeGroup> groups = new ArrayList<>();
    for (int group = 0; group < inner; group++) {
      groups.add(new NodeGroup("group " + group, random.nextInt(1, 70)));
    }
    groups.add(new NodeGroup("super-sink", 1));
    groups.add(new NodeGroup("super-source", 1));
    List<ArcBlock> blocks = new ArrayList<>();
    blocks.add(dense(random, decades, groups, inner + 1, 0));
    for (int tail = 0; tail < inner; tail++) {
      for (int head = tail + 1; head < inner; head++) {
        if (head == tail + 1 || random.nextBoolean()) {
          blocks.add(dense(random, decades, groups, tail, head));
        }
      }
    }
    blocks.add(dense(random, decades, groups, inner - 1, inner));
    return FlowNetwork.of(groups, blocks, inner + 1, inner, List.of(blocks.size() - 1));
  }

  private static FlowNetwork chain(SplittableRandom random, int inner, double decades) {
    List<NodeGroup> groups = new ArrayList<>();
    List<ArcBlock> blocks = new ArrayList<>();
    for (int group = 0; group < inner; group++) {
      groups.add(new NodeGroup("group " + group, random.nextInt(1, 150)));
    }
    groups.add(new NodeGroup("super-sink", 1));
    groups.add(new NodeGroup("super-source", 1));
    blocks.add(dense(random, decades, groups, inner + 1, 0));
    for (int tail = 0; tail < inner; tail++) {
      blocks.add(dense(random, decades, groups, tail, tail + 1));
    }
    return FlowNetwork.of(groups, blocks, inner + 1, inner, List.of(blocks.size() - 1));
  }

  private static ArcBlock dense(
      SplittableRandom random, double decades, List<NodeGroup> groups, int tail, int head) {
    int rows = groups.get(tail).size();
    int columns = groups.get(head).size();
    double[] values = new double[rows * columns];
    Arrays.setAll(values, i -> StrictMath.pow(10, -decades * random.nextDouble()));
    return ArcBlock.dense(tail, head, Matrix.of(rows, columns, values));
  }

  /** Any currents into the nodes, none into the super-sink. */
  private static double[][] currents(FlowNetwork network, SplittableRandom random) {
    double[][] b = new ArcRows(network, 1).zeros();
    for (double[] group : b) {
      Arrays.setAll(group, i -> random.nextDouble(-1, 1));
    }
    b[network.sink()][0] = 0;
    return b;
  }

  /** Fills the matrix with the capacities as conductances. */
  private static JoinedNodes fill(FlowNetwork network, BlockCholesky factor) {
    JoinedNodes nodes = new JoinedNodes(network);
    factor.clear();
    for (ArcBlock block : network.blocks()) {
      for (int row = 0; row < block.capacity().rowCount(); row++) {
        for (int column = 0; column < block.capacity().columnCount(); column++) {
          double value = block.capacity().get(row, column);
          factor.add(block.tail(), row, block.head(), column, value);
          nodes.join(block.tail(), row, block.head(), column, value);
        }
      }
    }
    return nodes;
  }
}
