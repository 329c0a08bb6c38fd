/** Plain maximum flow, exact for real capacities. */
module org.attentionflow.maxflow {
  requires transitive org.attentionflow.core;
  requires static transitive org.jspecify;

  exports org.attentionflow.maxflow;

  provides org.attentionflow.flow.FlowSolver with
      org.attentionflow.maxflow.DinicFlowSolver;
}
