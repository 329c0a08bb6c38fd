package org.attentionflow.cli;

import org.attentionflow.failure.InsufficientMemoryException;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.tensor.Precision;

/** The heap that a network and its solution need, said before the solve. */
final class HeapForecast {
  private HeapForecast() {}

  /** The bytes of the capacities and of what the solver keeps beside them. */
  static long bytes(FlowSolver solver, FlowNetwork network) {
    return network.capacityBytes() + solver.solveBytes(network);
  }

  /** The bytes it takes to build a random network of dense layers, each made in 64 bits first. */
  static long building(int layers, int tokens, Precision precision) {
    return ((long) layers * precision.bytes() + Double.BYTES) * tokens * tokens;
  }

  /**
   * Refuses a network whose solution would not fit on the heap.
   *
   * @throws InsufficientMemoryException if so
   */
  static void check(FlowSolver solver, FlowNetwork network) {
    check(solver, network, Runtime.getRuntime().maxMemory());
  }

  /** The same for a heap of so many bytes. */
  static void check(FlowSolver solver, FlowNetwork network, long limit) {
    long beside = solver.solveBytes(network);
    require(
        network.capacityBytes() + beside,
        network.capacityBytes(Precision.FLOAT) + beside,
        limit,
        "to solve " + network.nodeCount() + " nodes");
  }

  /**
   * Refuses a random network that cannot be built on the heap.
   *
   * @throws InsufficientMemoryException if so
   */
  static void checkBuilding(int layers, int tokens, Precision precision) {
    require(
        building(layers, tokens, precision),
        building(layers, tokens, Precision.FLOAT),
        Runtime.getRuntime().maxMemory(),
        "to build " + layers + " layers of " + tokens + " tokens");
  }

  /**
   * Refuses work that needs more than a limit.
   *
   * @param narrow what it needs with capacities in 32 bits
   * @param what follows "needs about 5 GB"
   * @throws InsufficientMemoryException if so; the message names need, limit and a cure
   */
  static void require(long need, long narrow, long limit, String what) {
    if (need > limit) {
      String rounded =
          narrow <= limit ? "--precision float (about " + gigabytes(narrow) + ") or " : "";
      throw new InsufficientMemoryException(
          "needs about "
              + gigabytes(need)
              + " "
              + what
              + "; the heap has "
              + gigabytes(limit)
              + ". Maybe "
              + rounded
              + "ATTNFLOW_JAVA_OPTS=-Xmx"
              + ((need >> 30) + 1)
              + "g.");
    }
  }

  private static String gigabytes(long bytes) {
    return Numbers.brief(bytes / 1e9) + " GB";
  }
}
