package org.attentionflow.cli;

import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.formats.benchmark.Times;
import org.attentionflow.network.FlowNetwork;

/**
 * Several solves of one network.
 *
 * @param flow the flow of the last
 * @param times how long the solver took; 0 where there was nothing to solve
 */
record TimedRuns(Flow flow, Times times) {
  /**
   * Warms up and measures.
   *
   * @param computation what computes with the solver
   * @param runs how many solves are measured, at least one
   */
  static TimedRuns of(
      FlowComputation computation,
      FlowNetwork network,
      TimedSolver solver,
      WarmUp warmUp,
      int runs) {
    warmUp.run(() -> computation.compute(network));
    double[] seconds = new double[runs];
    Flow flow = null;
    for (int i = 0; i < runs; i++) {
      flow = computation.compute(network);
      seconds[i] = flow.status() == SolveStatus.NO_PATH ? 0 : solver.seconds();
    }
    if (flow == null) {
      throw new IllegalArgumentException("There must be at least one run.");
    }
    return new TimedRuns(flow, warmUp.isNone() ? Times.withoutWarmUp(seconds) : Times.of(seconds));
  }
}
