package org.attentionflow.benchmarks;

import java.util.EnumSet;
import java.util.Set;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.plugin.Plugins;

/** Claims to have converged, but one arc of the first row carries half of its flow. */
public final class HalfFlowSolver implements FlowSolver {
  @Override
  public String name() {
    return "half";
  }

  @Override
  public String summary() {
    return "Wrong on purpose.";
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(Capability.UNIQUE_FLOW);
  }

  @Override
  public FlowSolution solve(FlowProblem problem) {
    FlowSolution right = Plugins.load(FlowSolver.class).get("barrier").solve(problem);
    return new FlowSolution(
        right.outcome(),
        (block, row, into) -> {
          right.arcFlow().row(block, row, into);
          into[0] /= block == 0 && row == 0 ? 2 : 1;
        },
        right.returnFlow(),
        right.potentials(),
        right.gapBound(),
        right.iterations());
  }

  @Override
  public long solveBytes(FlowNetwork network) {
    return 0;
  }
}
