package org.attentionflow.laplacian;

import org.attentionflow.network.FlowNetwork;

/** Conjugate gradients with symmetric Gauss–Seidel by groups as preconditioner. */
public final class GaussSeidelLaplacianFlowSolver extends IterativeFlowSolver {
  @Override
  public String name() {
    return "laplacian-gauss-seidel";
  }

  @Override
  public String summary() {
    return "As laplacian, with symmetric Gauss-Seidel sweeps over the groups as preconditioner.";
  }

  @Override
  Preconditioner preconditioner(FlowNetwork network) {
    return new GaussSeidelPreconditioner(network);
  }
}
