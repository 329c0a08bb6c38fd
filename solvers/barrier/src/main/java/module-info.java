/** The barrier-regularised maximum flow by an interior-point method with direct factorisation. */
module org.attentionflow.barrier {
  requires transitive org.attentionflow.core;
  requires static transitive org.jspecify;

  exports org.attentionflow.barrier;

  provides org.attentionflow.flow.FlowSolver with
      org.attentionflow.barrier.BarrierFlowSolver;
}
