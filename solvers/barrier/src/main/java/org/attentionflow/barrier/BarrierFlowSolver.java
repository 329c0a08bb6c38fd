package org.attentionflow.barrier;

import java.util.EnumSet;
import java.util.Set;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.network.FlowNetwork;

/**
 * Solves the barrier problem by interior-point methods with a direct factorisation.
 *
 * <p>A primal–dual method comes near the solution ({@link PrimalDual}). The flows follow from node
 * potentials in closed form ({@link org.attentionflow.dual.ArcBarrier}), so Newton's method on the
 * potentials alone, with the imbalance of the nodes as its residual, then finishes to the last
 * digits ({@link PathFollowing}, which also starts over from afar where the first method stalls).
 * Both factor one sparse Laplacian per step ({@link BlockCholesky}).
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
        + " Mehrotra, On the implementation of a primal-dual interior point method, SIAM J. Optim."
        + " 2, 1992; Nesterov and Nemirovskii, Interior-Point Polynomial Algorithms, 1994 (the method)";
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
  public long solveBytes(FlowNetwork network) {
    return BlockCholesky.bytes(network) + PrimalDual.bytes(network);
  }
}
