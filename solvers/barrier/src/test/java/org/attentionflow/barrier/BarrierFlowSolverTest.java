package org.attentionflow.barrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution.Outcome;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeGroup;
import org.attentionflow.tensor.Matrix;
import org.attentionflow.testkit.FlowSolverContract;
import org.junit.jupiter.api.Test;

/** The barrier solver keeps the contract of flow solvers. */
class BarrierFlowSolverTest extends FlowSolverContract {
  @Override
  protected FlowSolver plugin() {
    return new BarrierFlowSolver();
  }

  /** Between two layers one of two nodes has arcs of next to no capacity on both sides. */
  private static FlowNetwork network(double capacity) {
    Matrix entering = Matrix.ofRows(new double[][] {{1, capacity}, {0.5, capacity}});
    Matrix leaving = Matrix.ofRows(new double[][] {{0.7, 0.4}, {capacity, capacity}});
    List<NodeGroup> groups =
        List.of(
            new NodeGroup("top", 2),
            new NodeGroup("middle", 2),
            new NodeGroup("input", 2),
            new NodeGroup("source", 1),
            new NodeGroup("sink", 1));
    List<ArcBlock> blocks =
        List.of(
            ArcBlock.uniform(3, 0, 1, 2, 10),
            ArcBlock.dense(0, 1, entering),
            ArcBlock.dense(1, 2, leaving),
            ArcBlock.uniform(2, 4, 2, 1, 10));
    return FlowNetwork.of(groups, blocks, 3, 4, List.of(3));
  }

  private static Outcome outcome(double capacity) {
    return new BarrierFlowSolver()
        .solve(new FlowProblem(network(capacity), 1e-3, SolverSettings.defaults()))
        .outcome();
  }

  /** The factor is in 32 bits, and so is what a model computes: 1e-22 of it are noise. */
  @Test
  void aNodeThatCanBeNeglectedInDoublePrecisionIsNotLost() {
    for (double capacity : new double[] {1e-8, 1e-16, 1e-22}) {
      assertEquals(Outcome.CONVERGED, outcome(capacity), "capacity " + capacity);
    }
  }

  @Test
  void aNodeThatIsLostIsNoConvergence() {
    for (double capacity : new double[] {1e-40, 1e-100}) {
      assertEquals(Outcome.NUMERICAL_TROUBLE, outcome(capacity), "capacity " + capacity);
    }
  }

  /** A larger barrier parameter does not bring it back. */
  @Test
  void theCauseIsNamedInPlaceOfACureThatIsNone() {
    Flow lost = flow(1e-40, 1e-3);
    assertEquals(SolveStatus.NUMERICAL_TROUBLE, lost.status());
    assertEquals(SolveStatus.NUMERICAL_TROUBLE, flow(1e-40, 1e-1).status());
    assertTrue(lost.detail().contains("capacities of a node are at most 1.0E-40"), lost.detail());
    assertFalse(lost.detail().contains("raise mu"), lost.detail());
    assertEquals(SolveStatus.CERTIFIED, flow(0, 1e-3).status());
  }

  private static Flow flow(double capacity, double mu) {
    return new FlowComputation(
            new BarrierFlowSolver(), BarrierParameter.relative(mu), SolverSettings.defaults())
        .compute(network(capacity));
  }
}
