package org.attentionflow.formats;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;

/**
 * Some flow, good enough to be drawn: every node sends on what it receives in proportion to the
 * capacities of its arcs, and all is scaled until the tightest arc carries 90 % of its capacity.
 */
public final class SpreadSolver implements FlowSolver {
  private final FlowSolution.Outcome outcome;

  public SpreadSolver(FlowSolution.Outcome outcome) {
    this.outcome = outcome;
  }

  @Override
  public String name() {
    return "spread";
  }

  @Override
  public String summary() {
    return "For tests.";
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of();
  }

  @Override
  public long solveBytes(FlowNetwork network) {
    return 0;
  }

  @Override
  public FlowSolution solve(FlowProblem problem) {
    FlowNetwork network = problem.network();
    double[][] flows = new double[network.blocks().size()][];
    double[][] potentials = new double[network.groups().size()][];
    double[][] through = new double[network.groups().size()][];
    List<Integer> order = network.groupOrder();
    for (int i = 0; i < order.size(); i++) {
      int size = network.groups().get(order.get(i)).size();
      through[order.get(i)] = new double[size];
      potentials[order.get(i)] = new double[size];
      Arrays.fill(potentials[order.get(i)], order.size() - i);
    }
    through[network.source()][0] = 1;
    double tightest = 0;
    for (int group : order) {
      for (int b = 0; b < flows.length; b++) {
        ArcBlock block = network.blocks().get(b);
        if (block.tail() == group) {
          flows[b] = spread(block, through[group], through[block.head()]);
          for (int i = 0; i < flows[b].length; i++) {
            double capacity = block.capacity().values()[i];
            tightest = capacity > 0 ? Math.max(tightest, flows[b][i] / capacity) : tightest;
          }
        }
      }
    }
    double scale = 0.9 / tightest;
    return new FlowSolution(
        outcome,
        (block, row, into) -> {
          int columns = network.blocks().get(block).capacity().columnCount();
          for (int j = 0; j < columns; j++) {
            into[j] = scale * flows[block][row * columns + j];
          }
        },
        scale,
        potentials,
        smallestPrefixCut(network, order) - scale,
        7);
  }

  /** The potentials fall from group to group, so their level sets are the prefixes of the order. */
  private static double smallestPrefixCut(FlowNetwork network, List<Integer> order) {
    double smallest = Double.POSITIVE_INFINITY;
    for (int last = 0; last < order.size() - 1; last++) {
      List<Integer> prefix = order.subList(0, last + 1);
      double sum = 0;
      for (ArcBlock block : network.blocks()) {
        if (prefix.contains(block.tail()) && !prefix.contains(block.head())) {
          sum += Arrays.stream(block.capacity().values()).sum();
        }
      }
      smallest = Math.min(smallest, sum);
    }
    return smallest;
  }

  private static double[] spread(ArcBlock block, double[] tails, double[] heads) {
    double[] flow = new double[block.capacity().values().length];
    int columns = block.capacity().columnCount();
    for (int row = 0; row < block.capacity().rowCount(); row++) {
      double sum = 0;
      for (int j = 0; j < columns; j++) {
        sum += block.capacity().get(row, j);
      }
      for (int j = 0; j < columns; j++) {
        flow[row * columns + j] = tails[row] * block.capacity().get(row, j) / sum;
        heads[j] += flow[row * columns + j];
      }
    }
    return flow;
  }
}
