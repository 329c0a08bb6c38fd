package org.attentionflow.cli;

import java.util.List;
import java.util.Set;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.network.FlowNetwork;

/**
 * A solver that knows how long its last solve, or path of solves, took; pruning and certification
 * do not count.
 */
final class TimedSolver implements FlowSolver {
  private static final double NANOS = 1e9;

  private final FlowSolver solver;
  private double seconds;

  TimedSolver(FlowSolver solver) {
    this.solver = solver;
  }

  /** The time of the last solve; 0 if there was nothing to solve. */
  double seconds() {
    return seconds;
  }

  @Override
  public FlowSolution solve(FlowProblem problem) {
    long begin = System.nanoTime();
    try {
      return solver.solve(problem);
    } finally {
      seconds = (System.nanoTime() - begin) / NANOS;
    }
  }

  @Override
  public List<FlowSolution> solvePath(
      FlowNetwork network, double[] barrierParameters, SolverSettings settings) {
    long begin = System.nanoTime();
    try {
      return solver.solvePath(network, barrierParameters, settings);
    } finally {
      seconds = (System.nanoTime() - begin) / NANOS;
    }
  }

  @Override
  public Set<Capability> capabilities() {
    return solver.capabilities();
  }

  @Override
  public String kernel() {
    return solver.kernel();
  }

  @Override
  public long solveBytes(FlowNetwork network) {
    return solver.solveBytes(network);
  }

  @Override
  public String name() {
    return solver.name();
  }

  @Override
  public List<String> aliases() {
    return solver.aliases();
  }

  @Override
  public String summary() {
    return solver.summary();
  }

  @Override
  public String source() {
    return solver.source();
  }
}
