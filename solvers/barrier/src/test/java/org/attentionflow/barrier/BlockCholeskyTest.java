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
import org.attentionflow.network.NodeIndex;
import org.attentionflow.tensor.Matrix;
import org.attentionflow.testkit.RowByRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockCholeskyTest {

  /** Random networks of groups in which arcs skip groups, so that the factor fills in. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void solvesTheGroundedLaplacian(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    FlowNetwork network = network(random);
    BlockCholesky factor = factor(network, 1);
    NodeIndex index = NodeIndex.of(network);
    double[][] dense = fill(network, factor, index);
    assertTrue(factor.prepare());

    double[][] x = new ArcRows(network, 1).zeros();
    for (double[] group : x) {
      for (int i = 0; i < group.length; i++) {
        group[i] = random.nextDouble(-1, 1);
      }
    }
    x[network.sink()][0] = 0;
    double[][] b = new ArcRows(network, 1).zeros();
    multiply(network, index, dense, x, b);
    factor.solveInPlace(b);
    for (int group = 0; group < x.length; group++) {
      for (int i = 0; i < x[group].length && group != network.sink(); i++) {
        // Conductances lie within two decades and the diagonal is dominant: about 1e4 roundings.
        assertEquals(x[group][i], b[group][i], 1e-11, "seed " + seed + " group " + group);
      }
    }
  }

  /** Halved chains of groups of uneven sizes, some wider than a strip. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void solvesAChainFromBothEndsToTheSameBits(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    FlowNetwork network = chain(random, random.nextInt(4, 9));
    NodeIndex index = NodeIndex.of(network);
    double[][] x = new ArcRows(network, 1).zeros();
    for (double[] group : x) {
      Arrays.setAll(group, i -> random.nextDouble(-1, 1));
    }
    x[network.sink()][0] = 0;
    double[][] first = null;
    for (int threads : new int[] {1, 2, 4}) {
      BlockCholesky factor = factor(network, threads);
      double[][] dense = fill(network, factor, index);
      assertTrue(factor.prepare());
      double[][] b = new ArcRows(network, 1).zeros();
      multiply(network, index, dense, x, b);
      factor.solveInPlace(b);
      for (int group = 0; group < x.length; group++) {
        if (group != network.sink()) {
          assertArrayEquals(x[group], b[group], 1e-11, "seed " + seed + " group " + group);
        }
      }
      first = first == null ? b : first;
      assertTrue(Arrays.deepEquals(first, b), threads + " threads");
    }
  }

  @Test
  void halvesAChainIntoPartsThatDoNotTouch() {
    FlowNetwork network = chain(new SplittableRandom(1), 8);
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

  @Test
  void reportsAMatrixThatIsNotPositiveDefinite() {
    FlowNetwork network = network(new SplittableRandom(3));
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
    double[][] potential = new StartingPoint(network, arcs, scale, 1e-3).potential();
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

  private static FlowNetwork network(SplittableRandom random) {
    int inner = random.nextInt(2, 6);
    List<NodeGroup> groups = new ArrayList<>();
    for (int group = 0; group < inner; group++) {
      groups.add(new NodeGroup("group " + group, random.nextInt(1, 70)));
    }
    groups.add(new NodeGroup("super-sink", 1));
    groups.add(new NodeGroup("super-source", 1));
    List<ArcBlock> blocks = new ArrayList<>();
    blocks.add(dense(random, groups, inner + 1, 0));
    for (int tail = 0; tail < inner; tail++) {
      for (int head = tail + 1; head < inner; head++) {
        if (head == tail + 1 || random.nextBoolean()) {
          blocks.add(dense(random, groups, tail, head));
        }
      }
    }
    blocks.add(dense(random, groups, inner - 1, inner));
    return FlowNetwork.of(groups, blocks, inner + 1, inner, List.of(blocks.size() - 1));
  }

  private static FlowNetwork chain(SplittableRandom random, int inner) {
    List<NodeGroup> groups = new ArrayList<>();
    List<ArcBlock> blocks = new ArrayList<>();
    for (int group = 0; group < inner; group++) {
      groups.add(new NodeGroup("group " + group, random.nextInt(1, 150)));
    }
    groups.add(new NodeGroup("super-sink", 1));
    groups.add(new NodeGroup("super-source", 1));
    blocks.add(dense(random, groups, inner + 1, 0));
    for (int tail = 0; tail < inner; tail++) {
      blocks.add(dense(random, groups, tail, tail + 1));
    }
    return FlowNetwork.of(groups, blocks, inner + 1, inner, List.of(blocks.size() - 1));
  }

  private static ArcBlock dense(
      SplittableRandom random, List<NodeGroup> groups, int tail, int head) {
    int rows = groups.get(tail).size();
    int columns = groups.get(head).size();
    double[] values = random.doubles((long) rows * columns, 0.01, 1).toArray();
    return ArcBlock.dense(tail, head, Matrix.of(rows, columns, values));
  }

  /** Fills the matrix with the capacities as conductances, and a dense copy of it. */
  private static double[][] fill(FlowNetwork network, BlockCholesky factor, NodeIndex index) {
    double[][] dense = new double[index.nodeCount()][index.nodeCount()];
    factor.clear();
    for (ArcBlock block : network.blocks()) {
      for (int row = 0; row < block.capacity().rowCount(); row++) {
        for (int column = 0; column < block.capacity().columnCount(); column++) {
          double value = block.capacity().get(row, column);
          factor.add(block.tail(), row, block.head(), column, value);
          int tail = index.node(block.tail(), row);
          int head = index.node(block.head(), column);
          dense[tail][tail] += value;
          dense[head][head] += value;
          dense[tail][head] -= value;
          dense[head][tail] -= value;
        }
      }
    }
    return dense;
  }

  private static void multiply(
      FlowNetwork network, NodeIndex index, double[][] dense, double[][] x, double[][] b) {
    for (int group = 0; group < x.length; group++) {
      for (int i = 0; i < x[group].length; i++) {
        double sum = 0;
        for (int other = 0; other < x.length; other++) {
          for (int j = 0; j < x[other].length; j++) {
            sum += dense[index.node(group, i)][index.node(other, j)] * x[other][j];
          }
        }
        b[group][i] = sum;
      }
    }
  }
}
