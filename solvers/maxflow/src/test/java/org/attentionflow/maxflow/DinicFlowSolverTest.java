package org.attentionflow.maxflow;

import org.attentionflow.flow.FlowSolver;
import org.attentionflow.testkit.FlowSolverContract;

/** The exact maximum flow keeps the contract of flow solvers. */
class DinicFlowSolverTest extends FlowSolverContract {
  @Override
  protected FlowSolver plugin() {
    return new DinicFlowSolver();
  }
}
