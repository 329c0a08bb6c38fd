package org.attentionflow.docs;

import org.attentionflow.flow.FlowSolver;
import org.attentionflow.testkit.FlowSolverContract;

// snippet: solver-contract
class ShortestPathFlowSolverTest extends FlowSolverContract {
  @Override
  protected FlowSolver plugin() {
    return new ShortestPathFlowSolver();
  }
}
// end
