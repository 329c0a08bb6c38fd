package org.attentionflow.laplacian;

import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeIndex;

/**
 * Conjugate gradients with a sampled Cholesky factor as preconditioner. Beside what all solvers of
 * the family keep it needs memory for some 50 arcs of each node and block, and for their factor.
 */
public final class CholeskyLaplacianFlowSolver extends IterativeFlowSolver {
  @Override
  public String name() {
    return "laplacian-cholesky";
  }

  @Override
  public String summary() {
    return "As laplacian, with a sampled approximate Cholesky factor as preconditioner (Kyng and Sachdeva).";
  }

  @Override
  Preconditioner preconditioner(FlowNetwork network) {
    return new ApproximateCholesky(NodeIndex.of(network));
  }

  @Override
  public long solveBytes(FlowNetwork network) {
    return super.solveBytes(network) + ApproximateCholesky.bytes(network);
  }
}
