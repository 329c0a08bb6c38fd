package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.flow.Certificate;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.tensor.Matrix;

/** Checks of a flow that use nothing of what core computes about it. */
final class FlowChecks {
  /** Rounding of a sum of up to some ten thousand numbers, relative to their sum. */
  static final double ROUNDING = 1e-12;

  /** The imbalance of a node that a certified flow may have, relative to its throughput. */
  private static final double RELATIVE_IMBALANCE = 1e-6;

  private FlowChecks() {}

  /**
   * How far a score or arc flow may be from the exact solution. Imbalances g of the nodes displace
   * the flow by the electrical flow that carries them away, of which no arc gets more than ½ Σ|g|.
   * Certified imbalances are bounded by the tolerance times the largest capacity at every node, and
   * by a millionth of its throughput, which adds up to value × 2 per group. Doubled for what is not
   * linear, and again because two solutions are compared.
   */
  static double tolerance(FlowNetwork network, double value, SolverSettings settings) {
    double byCapacity =
        settings.conservationTolerance() * network.largestCapacity() * network.nodeCount();
    double byThroughput = RELATIVE_IMBALANCE * 2 * value * network.groups().size();
    return 2 * Math.min(byCapacity, byThroughput) + ROUNDING * value;
  }

  /** What a flow's value may exceed the maximum flow by: all imbalances together, and rounding. */
  static double excess(FlowNetwork network, double value, SolverSettings settings) {
    return settings.conservationTolerance() * network.largestCapacity() * network.nodeCount()
        + ROUNDING * value;
  }

  /** Status CERTIFIED, bounds, conservation and efficiency, all on the network before pruning. */
  static void assertCertified(NetworkInstance instance, Flow flow, SolverSettings settings) {
    assertEquals(
        SolveStatus.CERTIFIED, flow.status(), () -> instance.name() + ": " + flow.detail());
    FlowNetwork network = instance.network();
    double[][] balance = new double[network.groups().size()][];
    Arrays.setAll(balance, group -> new double[network.groups().get(group).size()]);
    double[][] traffic = new double[balance.length][];
    Arrays.setAll(traffic, group -> new double[balance[group].length]);
    for (int number = 0; number < network.blocks().size(); number++) {
      addBlock(instance, number, flow.blockFlow(number), balance, traffic);
    }
    double allowed =
        settings.conservationTolerance() * network.largestCapacity() + ROUNDING * flow.value();
    for (int group = 0; group < balance.length; group++) {
      double through = group == network.sink() ? flow.value() : 0;
      through = group == network.source() ? -flow.value() : through;
      for (double imbalance : balance[group]) {
        // The value is the sum over the sink's arcs, so the source may be off by all imbalances.
        double allowance = group == network.source() ? allowed * network.nodeCount() : allowed;
        assertEquals(through, imbalance, allowance, instance.name() + ": balance of " + group);
      }
      // However small its flow is beside the largest capacity.
      for (int i = 0; i < balance[group].length && through == 0; i++) {
        double most = Math.min(traffic[group][i], 2 * flow.value()); // the rest runs round
        double relative = (RELATIVE_IMBALANCE + ROUNDING) * most;
        assertEquals(0, balance[group][i], relative, instance.name() + ": balance in " + group);
      }
    }
    double sum = Arrays.stream(flow.tokenOutflow()).sum();
    assertEquals(flow.value(), sum, ROUNDING * sum, instance.name() + ": scores add up");
  }

  private static void addBlock(
      NetworkInstance instance, int number, Matrix flow, double[][] balance, double[][] traffic) {
    ArcBlock block = instance.network().blocks().get(number);
    for (int row = 0; row < flow.rowCount(); row++) {
      for (int column = 0; column < flow.columnCount(); column++) {
        double f = flow.get(row, column);
        double u = block.capacity().get(row, column);
        assertTrue(
            f >= 0 && f <= u,
            () -> instance.name() + ": flow " + f + " on an arc of capacity " + u);
        balance[block.tail()][block.tailNode(row, column)] -= f;
        balance[block.head()][block.headNode(row, column)] += f;
        traffic[block.tail()][block.tailNode(row, column)] += f;
        traffic[block.head()][block.headNode(row, column)] += f;
      }
    }
  }

  /** Every flow on the pruned network lies strictly inside its bounds. */
  static void assertInside(NetworkInstance instance, Flow flow) {
    List<ArcBlock> blocks = flow.network().network().blocks();
    for (int number = 0; number < blocks.size(); number++) {
      Matrix capacity = blocks.get(number).capacity();
      double[] row = new double[capacity.columnCount()];
      for (int i = 0; i < capacity.rowCount(); i++) {
        flow.arcFlow().row(number, i, row);
        for (int j = 0; j < row.length; j++) {
          double f = row[j];
          double u = capacity.get(i, j);
          assertTrue(
              u == 0 ? f == 0 : f > 0 && f < u,
              () -> instance.name() + ": flow " + f + " is not inside (0, " + u + ")");
        }
      }
    }
  }

  /** Every number of a flow, bit by bit. */
  static List<Long> bits(Flow flow) {
    List<Long> bits = new ArrayList<>();
    bits.add(Double.doubleToRawLongBits(flow.value()));
    for (double score : flow.tokenOutflow()) {
      bits.add(Double.doubleToRawLongBits(score));
    }
    for (int block = 0; block < flow.network().full().blocks().size(); block++) {
      for (double f : flow.blockFlow(block).values()) {
        bits.add(Double.doubleToRawLongBits(f));
      }
    }
    Certificate certificate = flow.certificate();
    bits.add(Double.doubleToRawLongBits(certificate.cut().capacity()));
    bits.add(Double.doubleToRawLongBits(certificate.conservationResidual()));
    bits.add(Double.doubleToRawLongBits(certificate.relativeImbalance()));
    bits.add(Double.doubleToRawLongBits(certificate.smallestSlack()));
    bits.add(Double.doubleToRawLongBits(certificate.stationarity()));
    return bits;
  }

  static void assertScores(double[] expected, double[] actual, double tolerance, String name) {
    assertEquals(expected.length, actual.length, name);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance, name + ": score of token " + i);
    }
  }
}
