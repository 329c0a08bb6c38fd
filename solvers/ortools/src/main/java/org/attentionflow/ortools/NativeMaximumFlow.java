package org.attentionflow.ortools;

import com.google.ortools.Loader;
import com.google.ortools.graph.MaxFlow;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;

/** A maximum flow in integers by the native library of OR-Tools. */
final class NativeMaximumFlow {
  private NativeMaximumFlow() {}

  /**
   * How the library ended, and the flow in units per block, in the order of the capacities; zero if
   * it is not optimal.
   */
  record Result(MaxFlow.Status status, long[][] flow) {}

  static Result of(FlowNetwork network, IntegerCapacities capacities) {
    load();
    MaxFlow solver = new MaxFlow();
    try {
      addArcs(network, capacities, solver);
      int source = capacities.index().first(network.source());
      int sink = capacities.index().first(network.sink());
      MaxFlow.Status status = solver.solve(source, sink);
      return new Result(status, flow(network, capacities, solver, status));
    } finally {
      solver.delete();
    }
  }

  private static void load() {
    try {
      Loader.loadNativeLibraries();
    } catch (RuntimeException | UnsatisfiedLinkError e) {
      throw new UnusableInputException(
          "The native library of OR-Tools cannot be loaded: "
              + e.getMessage()
              + ". Maybe add the artifact com.google.ortools:ortools-... of this operating system,"
              + " or use the solver dinic.",
          e);
    }
  }

  private static void addArcs(FlowNetwork network, IntegerCapacities capacities, MaxFlow solver) {
    for (ArcBlock block : network.blocks()) {
      for (int arc = 0; arc < block.capacity().size(); arc++) {
        long units = capacities.capacity(block, arc);
        if (units > 0) {
          solver.addArcWithCapacity(
              capacities.tail(block, arc), capacities.head(block, arc), units);
        }
      }
    }
  }

  private static long[][] flow(
      FlowNetwork network, IntegerCapacities capacities, MaxFlow solver, MaxFlow.Status status) {
    long[][] flow = new long[network.blocks().size()][];
    int arc = 0;
    for (int number = 0; number < flow.length; number++) {
      ArcBlock block = network.blocks().get(number);
      flow[number] = new long[block.capacity().size()];
      for (int i = 0; status == MaxFlow.Status.OPTIMAL && i < flow[number].length; i++) {
        if (capacities.capacity(block, i) > 0) {
          flow[number][i] = solver.getFlow(arc++);
        }
      }
    }
    return flow;
  }
}
