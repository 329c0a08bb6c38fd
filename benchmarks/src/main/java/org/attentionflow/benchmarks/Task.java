package org.attentionflow.benchmarks;

import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.network.FlowNetwork;

/**
 * One problem that a solver has solved before, with a certified answer.
 *
 * @param solver the solver
 * @param problem the problem on the pruned network
 * @param flow the answer at set-up
 * @param arcs the arcs before pruning
 */
record Task(FlowSolver solver, FlowProblem problem, Flow flow, long arcs) {
  /**
   * Prepares a problem.
   *
   * @throws SkippedException if it does not fit in memory
   * @throws IllegalStateException if the answer is wrong
   */
  static Task of(FlowSolver solver, FlowNetwork network, double relativeMu, int threads) {
    Accuracy.checkMemory(solver, network);
    SolverSettings defaults = SolverSettings.defaults();
    SolverSettings settings =
        new SolverSettings(defaults.conservationTolerance(), defaults.iterationLimit(), threads);
    FlowComputation computation =
        new FlowComputation(solver, BarrierParameter.relative(relativeMu), settings);
    Flow flow = Accuracy.check(computation, network);
    FlowProblem problem =
        new FlowProblem(flow.network().network(), flow.barrierParameter(), settings);
    return new Task(solver, problem, flow, network.arcCount());
  }

  FlowSolution solve() {
    return solver.solve(problem);
  }
}
