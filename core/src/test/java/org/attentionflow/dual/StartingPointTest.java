package org.attentionflow.dual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.junit.jupiter.api.Test;

class StartingPointTest {
  private static final long SEED = 33;
  private static final double[] MU = {1e-1, 1e-3, 1e-6};

  /** What a full Newton step makes of the decrement 0.1 at which a node counts as balanced. */
  private static final double BALANCED = Math.pow(0.1 / (1 - 0.1), 2);

  /** Blocks of equal arcs, no two of them alike, between two groups of which each is joined. */
  private static FlowNetwork ofEqualArcs(SplittableRandom random) {
    List<ArcBlock> blocks = new ArrayList<>();
    int[] size = {3, 5, 5, 4};
    int[][] pairs = {{0, 1}, {1, 2}, {0, 2}, {2, 3}, {1, 3}};
    for (int[] pair : pairs) {
      double capacity = StrictMath.pow(10, -6 * random.nextDouble());
      blocks.add(ArcBlock.uniform(pair[0], pair[1], size[pair[0]], size[pair[1]], capacity));
    }
    double beside = StrictMath.pow(10, -6 * random.nextDouble());
    blocks.add(ArcBlock.diagonal(1, 2, new double[] {beside, beside, beside, beside, beside}));
    blocks.add(ArcBlock.uniform(4, 0, 1, 3, 100));
    blocks.add(ArcBlock.uniform(3, 5, 4, 1, 100));
    return LayeredNetworks.pruned(blocks, size);
  }

  @Test
  void nodesOfEqualArcsAreBalancedWhereTheTotalsSay() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int instance = 0; instance < 50; instance++) {
      FlowNetwork network = ofEqualArcs(random);
      ArcRows arcs = new ArcRows(network, 1 / network.largestCapacity());
      NodeTotals totals = new NodeTotals(arcs, new WorkerThreads(1));
      double[] shared = new double[network.groups().size()];
      for (int group = 0; group < 4; group++) {
        shared[group] = arcs.isUpper(group) ? -random.nextDouble() : random.nextDouble();
      }
      for (int group = 0; group < 4; group++) {
        for (int node = 0; node < network.groups().get(group).size(); node++) {
          for (double mu : MU) {
            double[][] potential = arcs.zeros();
            for (int other = 0; other < shared.length; other++) {
              Arrays.fill(potential[other], shared[other]);
            }
            potential[group][node] = totals.balance(group, node, shared, mu);
            double decrement = new ArcByArc(arcs, potential, mu).decrement(group, node, mu);
            assertTrue(
                decrement <= BALANCED,
                "seed " + SEED + " mu " + mu + " group " + group + ": " + decrement);
          }
        }
      }
    }
  }

  @Test
  void totalsCountTheArcsThatAreThere() {
    SplittableRandom random = new SplittableRandom(SEED);
    FlowNetwork network = LayeredNetworks.branching(LayeredNetworks.logUniform(random, 3, 0.4), 9);
    ArcRows arcs = new ArcRows(network, 1);
    NodeTotals totals = new NodeTotals(arcs, new WorkerThreads(1));
    double count = 0;
    for (int block = 0; block < network.blocks().size(); block++) {
      double total = 0;
      for (double capacity : network.blocks().get(block).capacity().values()) {
        total += capacity;
      }
      assertEquals(total, totals.total(block), 1e-14 * total);
      count += totals.count(block);
    }
    assertEquals(network.arcCount(), count);
  }

  /** Every layer joined to the next by equal arcs: the averaged network is the network itself. */
  @Test
  void theStartIsTheSolutionOfAnAveragedNetwork() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int instance = 0; instance < 20; instance++) {
      int[] size = new int[5];
      List<ArcBlock> blocks = new ArrayList<>();
      for (int layer = 0; layer < size.length; layer++) {
        size[layer] = random.nextInt(1, 12);
        if (layer > 0) {
          double capacity = StrictMath.pow(10, -3 * random.nextDouble());
          blocks.add(ArcBlock.uniform(layer - 1, layer, size[layer - 1], size[layer], capacity));
        }
      }
      blocks.add(ArcBlock.uniform(5, 0, 1, size[0], 100));
      blocks.add(ArcBlock.uniform(4, 6, size[4], 1, 100));
      FlowNetwork network = LayeredNetworks.pruned(blocks, size);
      for (double mu : MU) {
        // Beside T − v, at least M μ, roundings of v amount to 2⁻⁵²/μ, and so does what the
        // potentials around the circulation do not add up by; that is 2⁻⁵²/μ² beside μ, which the
        // least reduced costs are about. There are at most 121 arcs in a layer.
        double rounding = Math.sqrt(121) * Math.ulp(1.0) / (mu * mu) + 1e-12;
        assertEquals(0, decrementAtStart(network, mu), rounding, "seed " + SEED + " mu " + mu);
      }
    }
  }

  /** √(gᵀ L⁻¹ g / μ). */
  private static double decrementAtStart(FlowNetwork network, double mu) {
    double scale = 1 / network.largestCapacity();
    ArcRows arcs = new ArcRows(network, scale);
    double[][] potential = StartingPoint.of(network, arcs, scale, mu);
    DualEvaluation dual = new DualEvaluation(arcs);
    DenseLaplacian laplacian = new DenseLaplacian(arcs);
    dual.evaluate(potential, mu, laplacian);
    assertTrue(laplacian.prepare());
    return Math.sqrt(Potentials.inner(laplacian.estimate(dual.imbalance()), dual.imbalance()) / mu);
  }

  /** However small μ is beside the capacities, and where the squares of capacities underflow. */
  @Test
  void theStartIsMadeOfNumbers() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<FlowNetwork> networks =
        List.of(
            LayeredNetworks.withUnderflow(),
            LayeredNetworks.chain(LayeredNetworks.logUniform(random, 9, 0.3), 4, 5, 6),
            ofEqualArcs(random));
    for (FlowNetwork network : networks) {
      for (double mu : new double[] {1e3, 1e-3, 1e-12, 1e-18, 1e-24}) {
        double scale = 1 / network.largestCapacity();
        ArcRows arcs = new ArcRows(network, scale);
        for (double[] group : StartingPoint.of(network, arcs, scale, mu)) {
          for (double value : group) {
            assertTrue(Double.isFinite(value), "seed " + SEED + " mu " + mu + ": " + value);
          }
        }
      }
    }
  }
}
