package org.attentionflow.maxflow;

import java.util.EnumSet;
import java.util.Set;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolution.Outcome;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.maximum.MaximumFlow;
import org.attentionflow.network.FlowNetwork;

/**
 * A plain maximum flow for real capacities, without rounding them: a baseline and a certificate.
 * The barrier parameter plays no part. One iteration is one phase of Dinic's method, which sends
 * along all shortest paths. One thread, whatever the settings allow.
 */
public final class DinicFlowSolver implements FlowSolver {
  @Override
  public String name() {
    return "dinic";
  }

  @Override
  public String summary() {
    return "Plain maximum flow by shortest augmenting paths, exact for real capacities; its arc"
        + " flows are not unique.";
  }

  @Override
  public String source() {
    return "Dinic, Soviet Mathematics Doklady 11, 1970";
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.noneOf(Capability.class);
  }

  @Override
  public FlowSolution solve(FlowProblem problem) {
    MaximumFlow maximum = MaximumFlow.of(problem.network(), problem.settings().iterationLimit());
    return new FlowSolution(
        maximum.isComplete() ? Outcome.CONVERGED : Outcome.ITERATION_LIMIT,
        maximum.arcFlow(),
        maximum.value(),
        maximum.potentials(),
        // No flow exceeds the cut; at the end the difference is rounding.
        Math.max(0, maximum.cut() - maximum.value()),
        maximum.phases());
  }

  @Override
  public long solveBytes(FlowNetwork network) {
    return MaximumFlow.bytes(network);
  }
}
