package org.attentionflow.docs;

// snippet: solver
import java.util.EnumSet;
import java.util.Set;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolution.Outcome;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.network.FlowNetwork;

/** A plain maximum flow by Dinic's method; the barrier parameter plays no part. */
public final class ShortestPathFlowSolver implements FlowSolver {
  /** Head, link and residual of an arc and of its reverse. */
  private static final long BYTES_PER_ARC = 2 * (2 * Integer.BYTES + Double.BYTES);

  @Override
  public String name() {
    return "shortest-paths";
  }

  @Override
  public String summary() {
    return "A plain maximum flow by shortest augmenting paths; its arc flows are not unique.";
  }

  @Override
  public String source() {
    return "Dinic, Soviet Mathematics Doklady 11, 1970";
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.noneOf(Capability.class); // not UNIQUE_FLOW: one maximum flow of many
  }

  @Override
  public FlowSolution solve(FlowProblem problem) {
    FlowNetwork network = problem.network();
    ResidualGraph graph = new ResidualGraph(network);
    boolean sinkIsReached = graph.measureDistances();
    int phases = 0;
    while (sinkIsReached && phases < problem.settings().iterationLimit()) {
      graph.saturateShortestPaths();
      sinkIsReached = graph.measureDistances();
      phases++;
    }
    return new FlowSolution(
        sinkIsReached ? Outcome.ITERATION_LIMIT : Outcome.CONVERGED,
        graph::flowOfRow,
        graph.value(),
        graph.sides(),
        sinkIsReached ? network.returnCapacity() : 0,
        phases);
  }

  @Override
  public long solveBytes(FlowNetwork network) {
    long entries = 0;
    for (var block : network.blocks()) {
      entries += block.capacity().size();
    }
    return entries * BYTES_PER_ARC + 3L * Integer.BYTES * network.nodeCount();
  }
}
// end
