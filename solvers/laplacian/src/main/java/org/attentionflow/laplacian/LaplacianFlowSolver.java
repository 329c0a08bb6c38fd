package org.attentionflow.laplacian;

import org.attentionflow.network.FlowNetwork;

/** Conjugate gradients with the diagonal as preconditioner: the fastest of the family so far. */
public final class LaplacianFlowSolver extends IterativeFlowSolver {
  @Override
  public String name() {
    return "laplacian";
  }

  @Override
  public String summary() {
    return "Barrier-regularised maximum flow in time near-linear in the arcs: "
        + " conjugate gradients on the Newton systems; the flow is unique.";
  }

  @Override
  Preconditioner preconditioner(FlowNetwork network) {
    return new DiagonalPreconditioner();
  }
}
