package org.attentionflow.barrier;

import org.attentionflow.flow.FlowSolver;
import org.attentionflow.testkit.FlowSolverContract;

/** The barrier solver keeps the contract of flow solvers. */
class BarrierFlowSolverTest extends FlowSolverContract {
  @Override
  protected FlowSolver plugin() {
    return new BarrierFlowSolver();
  }
}
