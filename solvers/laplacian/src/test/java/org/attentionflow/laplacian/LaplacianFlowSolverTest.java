package org.attentionflow.laplacian;

import org.attentionflow.flow.FlowSolver;
import org.attentionflow.testkit.FlowSolverContract;

/** The barrier solver keeps the contract of flow solvers. */
class LaplacianFlowSolverTest extends FlowSolverContract {
  @Override
  protected FlowSolver plugin() {
    return new LaplacianFlowSolver();
  }
}
