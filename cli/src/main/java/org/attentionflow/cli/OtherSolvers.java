package org.attentionflow.cli;

import java.util.Comparator;
import java.util.List;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.FlowSolver.Capability;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.plugin.Plugins;

/**
 * The solvers that could take the place of one that needs too much memory: those of the same
 * problem, the barrier's or plain maximum flow.
 *
 * @param solver the one
 * @param network the pruned network
 * @param beside the bytes of what is there beside the solver's own arrays, whichever it is
 * @param narrow the same with capacities in 32 bits
 */
record OtherSolvers(FlowSolver solver, FlowNetwork network, long beside, long narrow) {
  /**
   * Another solver.
   *
   * @param arrays the bytes of its large arrays and of what is there beside them
   * @param narrow the same with capacities in 32 bits
   */
  record Need(String name, long arrays, long narrow) {}

  /** What each of the others needs, the least first. */
  List<Need> needs() {
    boolean isUnique = hasUniqueFlow(solver);
    return Plugins.load(FlowSolver.class).all().stream()
        .filter(other -> !other.name().equals(solver.name()) && hasUniqueFlow(other) == isUnique)
        .map(other -> need(other.name(), other.solveBytes(network)))
        .sorted(Comparator.comparingLong(Need::arrays))
        .toList();
  }

  private Need need(String name, long own) {
    return new Need(name, beside + own, narrow + own);
  }

  /** The same with so much more beside it. */
  OtherSolvers and(long more) {
    return new OtherSolvers(solver, network, beside + more, narrow + more);
  }

  private static boolean hasUniqueFlow(FlowSolver solver) {
    return solver.capabilities().contains(Capability.UNIQUE_FLOW);
  }
}
