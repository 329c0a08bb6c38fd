package org.attentionflow.testkit;

import org.attentionflow.flow.FlowSolver;

/** The contract holds for a plain maximum flow. */
class ExactFlowSolverTest extends FlowSolverContract {
  @Override
  protected FlowSolver plugin() {
    return new ExactFlowSolver();
  }

  @Override
  protected boolean isRegistered() {
    return false;
  }
}
