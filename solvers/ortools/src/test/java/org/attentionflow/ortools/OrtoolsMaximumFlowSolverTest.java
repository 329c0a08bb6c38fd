package org.attentionflow.ortools;

import org.attentionflow.flow.FlowSolver;
import org.attentionflow.testkit.FlowSolverContract;

/** OR-Tools' maximum flow keeps the contract of flow solvers. */
class OrtoolsMaximumFlowSolverTest extends FlowSolverContract {
  @Override
  protected FlowSolver plugin() {
    return new OrtoolsMaximumFlowSolver();
  }
}
