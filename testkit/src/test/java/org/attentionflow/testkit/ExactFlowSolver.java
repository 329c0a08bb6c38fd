package org.attentionflow.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeGroup;

/** The oracle as a solver: a plain maximum flow, which is not unique. */
class ExactFlowSolver implements FlowSolver {
  @Override
  public String name() {
    return "exact";
  }

  @Override
  public String summary() {
    return "Plain maximum flow by shortest augmenting paths.";
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of();
  }

  @Override
  public FlowSolution solve(FlowProblem problem) {
    FlowNetwork network = problem.network();
    ExactMaximumFlow flow = ExactMaximumFlow.of(network);
    List<NodeGroup> groups = network.groups();
    double[][] potentials = new double[groups.size()][];
    for (int group = 0; group < potentials.length; group++) {
      potentials[group] = new double[groups.get(group).size()];
      for (int node = 0; node < potentials[group].length; node++) {
        potentials[group][node] = flow.isOnSourceSide(group, node) ? 1 : 0;
      }
    }
    double[][] blocks = new double[network.blocks().size()][];
    Arrays.setAll(blocks, flow::blockFlow);
    return new FlowSolution(
        FlowSolution.Outcome.CONVERGED,
        (block, row, into) -> {
          int columns = network.blocks().get(block).capacity().columnCount();
          System.arraycopy(blocks[block], row * columns, into, 0, columns);
        },
        flow.pushed(),
        potentials,
        0,
        0);
  }

  @Override
  public long solveBytes(FlowNetwork network) {
    return 100 * network.arcCount();
  }
}
