package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.information.InformationTensor;
import org.attentionflow.information.SyntheticInformation;
import org.attentionflow.network.BackwardNetworkBuilder;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.plugin.Plugins;
import org.attentionflow.tensor.Matrix;
import org.junit.jupiter.api.Test;

class TimedRunsTest {
  /** The solver barrier, which counts. */
  private static final class Counting implements FlowSolver {
    private final FlowSolver solver = Plugins.load(FlowSolver.class).get("barrier");
    private int solves;

    @Override
    public FlowSolution solve(FlowProblem problem) {
      solves++;
      return solver.solve(problem);
    }

    @Override
    public Set<Capability> capabilities() {
      return solver.capabilities();
    }

    @Override
    public long solveBytes(FlowNetwork network) {
      return solver.solveBytes(network);
    }

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public String summary() {
      return solver.summary();
    }
  }

  private final Counting counting = new Counting();

  private TimedRuns runs(InformationTensor information, double warmUp, int runs) {
    TimedSolver solver = new TimedSolver(counting);
    FlowNetwork network =
        new BackwardNetworkBuilder().build(information, NetworkSettings.defaults());
    FlowComputation computation =
        new FlowComputation(solver, BarrierParameter.relative(1e-3), SolverSettings.defaults());
    return TimedRuns.of(computation, network, solver, new WarmUp(warmUp), runs);
  }

  private static InformationTensor dense() {
    return SyntheticInformation.of(SyntheticInformation.Kind.ATTENTION, 2, 5, 1, 7);
  }

  @Test
  void withoutAWarmUpThereAreTheRunsMeasuredAlone() {
    TimedRuns timed = runs(dense(), 0, 3);
    assertEquals(3, counting.solves);
    assertEquals(3, timed.times().runs());
    assertEquals(SolveStatus.CERTIFIED, timed.flow().status());
    assertTrue(!timed.times().isWarm() && timed.times().least() > 0);
  }

  @Test
  void theShortestWarmUpIsTwoSolves() {
    TimedRuns timed = runs(dense(), 1e-9, 3);
    assertEquals(5, counting.solves);
    assertTrue(timed.times().isWarm());
  }

  @Test
  void whatNeedsNoSolveTakesNoTime() {
    TimedRuns timed = runs(InformationTensor.of(List.of(Matrix.of(2, 2, new double[4]))), 0, 2);
    assertEquals(0, counting.solves);
    assertEquals(SolveStatus.NO_PATH, timed.flow().status());
    assertEquals(0, timed.times().most());
  }
}
