package org.attentionflow.cli;

import org.attentionflow.failure.InsufficientMemoryException;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.network.FlowNetwork;

/** The heap that a network and its solution need, said before the solve. */
final class HeapForecast {
  /** Capacities while a network is built: as a tensor and as blocks. */
  private static final int COPIES = 2;

  private HeapForecast() {}

  /** The bytes of a network's capacities, those of arcs that are not there included. */
  static long capacities(FlowNetwork network) {
    return Double.BYTES
        * network.blocks().stream().mapToLong(block -> block.capacity().values().length).sum();
  }

  /** The bytes of the capacities and of what the solver keeps beside them. */
  static long bytes(FlowSolver solver, FlowNetwork network) {
    return capacities(network) + solver.solveBytes(network);
  }

  /** The bytes it takes to build a random network of dense layers. */
  static long building(int layers, int tokens) {
    return COPIES * (long) Double.BYTES * layers * tokens * tokens;
  }

  /**
   * Refuses a network whose solution would not fit on the heap.
   *
   * @throws InsufficientMemoryException if so
   */
  static void check(FlowSolver solver, FlowNetwork network) {
    require(
        bytes(solver, network),
        Runtime.getRuntime().maxMemory(),
        "to solve " + network.nodeCount() + " nodes");
  }

  /**
   * Refuses work that needs more than a limit.
   *
   * @param what follows "needs about 5 GB"
   * @throws InsufficientMemoryException if so; the message names need, limit and a cure
   */
  static void require(long need, long limit, String what) {
    if (need > limit) {
      throw new InsufficientMemoryException(
          "needs about "
              + Numbers.brief(need / 1e9)
              + " GB "
              + what
              + "; the heap has "
              + Numbers.brief(limit / 1e9)
              + " GB. Maybe ATTNFLOW_JAVA_OPTS=-Xmx"
              + ((need >> 30) + 1)
              + "g.");
    }
  }
}
