package org.attentionflow.benchmarks;

import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.network.FlowNetwork;

/** What has to hold before a time means anything. */
final class Accuracy {
  /** The largest imbalance of a node, relative to the largest capacity. */
  static final double LARGEST_IMBALANCE = 1e-9;

  private Accuracy() {}

  /**
   * Solves once and asserts that the certificate, recomputed outside the solver, holds.
   *
   * @return the flow
   * @throws IllegalStateException if the flow is not certified; nothing is measured then
   */
  static Flow check(FlowComputation computation, FlowNetwork network) {
    Flow flow = computation.compute(network);
    double imbalance = flow.certificate().conservationResidual();
    if (flow.status() != SolveStatus.CERTIFIED || !(imbalance <= LARGEST_IMBALANCE)) {
      throw new IllegalStateException(
          "Wrong answer of "
              + flow.solver()
              + ": status "
              + flow.status()
              + ", imbalance "
              + imbalance
              + ". "
              + flow.detail());
    }
    return flow;
  }

  /**
   * Refuses what does not fit on the heap.
   *
   * @throws SkippedException if it does not
   */
  static void checkMemory(String what, long bytes) {
    long limit = Runtime.getRuntime().maxMemory();
    if (bytes > limit) {
      throw new SkippedException(
          what
              + " needs about "
              + (bytes >> 20)
              + " MiB; the heap has "
              + (limit >> 20)
              + " MiB. Maybe -jvmArgsAppend -Xmx"
              + ((bytes >> 30) + 1)
              + "g.");
    }
  }

  /** As {@link #checkMemory(String, long)}, for a solver and the capacities of a network. */
  static void checkMemory(FlowSolver solver, FlowNetwork network) {
    checkMemory(solver.name(), Networks.bytes(network) + solver.solveBytes(network));
  }
}
