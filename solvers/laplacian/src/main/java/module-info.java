/** The barrier-regularised maximum flow with Newton steps solved iteratively. */
module org.attentionflow.laplacian {
  requires transitive org.attentionflow.core;
  requires static transitive org.jspecify;

  exports org.attentionflow.laplacian;

  provides org.attentionflow.flow.FlowSolver with
      org.attentionflow.laplacian.CholeskyLaplacianFlowSolver,
      org.attentionflow.laplacian.GaussSeidelLaplacianFlowSolver,
      org.attentionflow.laplacian.LaplacianFlowSolver;
}
