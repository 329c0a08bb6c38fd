package org.attentionflow.barrier;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.network.FlowNetwork;

/**
 * Solves the barrier problem by an interior-point method on its dual, with a direct factorisation.
 *
 * <p>The flows follow from node potentials in closed form ({@link ArcBarrier}), so what remains is
 * to find potentials at which every node is balanced: Newton's method, one sparse block Cholesky
 * per step, along a barrier parameter that falls to the wanted one. See {@link PathFollowing}.
 *
 * <p>Works on any network of groups and blocks. Time O(steps · l · t³) and memory O(l · t²) for a
 * chain of l groups of t nodes.
 */
public final class BarrierFlowSolver implements FlowSolver {
  @Override
  public String name() {
    return "barrier";
  }

  @Override
  public String summary() {
    return "Barrier-regularised maximum flow by an interior-point method with a direct block"
        + " Cholesky factorisation; the flow is unique.";
  }

  @Override
  public String source() {
    return "Azarkhalili and Libbrecht, Generalized Attention Flow, ACL 2025 (the problem);"
        + " Nesterov and Nemirovskii, Interior-Point Polynomial Algorithms, 1994 (path following)";
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(Capability.UNIQUE_FLOW);
  }

  @Override
  public FlowSolution solve(FlowProblem problem) {
    return new PathFollowing(problem, new PlainKernel()).solve();
  }

  @Override
  public List<FlowSolution> solvePath(
      FlowNetwork network, double[] barrierParameters, SolverSettings settings) {
    List<FlowSolution> solutions = new ArrayList<>();
    PathFollowing path = null;
    for (double mu : barrierParameters) {
      FlowSolution next = path == null ? null : path.solveNext(mu);
      if (next == null || next.outcome() != FlowSolution.Outcome.CONVERGED) {
        path = new PathFollowing(new FlowProblem(network, mu, settings), new PlainKernel());
        next = path.solve();
      }
      solutions.add(next);
      path = next.outcome() == FlowSolution.Outcome.CONVERGED ? path : null;
    }
    return solutions;
  }

  @Override
  public long solveBytes(FlowNetwork network) {
    return BlockCholesky.bytes(network);
  }
}
