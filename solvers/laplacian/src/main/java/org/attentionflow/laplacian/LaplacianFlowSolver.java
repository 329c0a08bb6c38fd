package org.attentionflow.laplacian;

import org.attentionflow.dual.LaplacianSolver;
import org.attentionflow.dual.RowKernel;
import org.attentionflow.dual.WorkerThreads;
import org.attentionflow.network.FlowNetwork;

/** Conjugate gradients with the diagonal as preconditioner: the fastest of the family so far. */
public final class LaplacianFlowSolver extends IterativeFlowSolver {
  @Override
  public String name() {
    return "laplacian";
  }

  @Override
  public String summary() {
    return "Barrier-regularised maximum flow in time near-linear in the arcs:"
        + " conjugate gradients on the Newton systems; the flow is unique.";
  }

  /** Where the groups have two sides, one of them is eliminated: half the products. */
  @Override
  LaplacianSolver laplacian(FlowNetwork network, WorkerThreads workers, RowKernel kernel) {
    return BipartiteRows.canKeep(network)
        ? new ReducedConjugateGradients(BipartiteRows.of(network, workers, kernel))
        : super.laplacian(network, workers, kernel);
  }

  @Override
  Preconditioner preconditioner(FlowNetwork network) {
    return new DiagonalPreconditioner();
  }
}
