package org.attentionflow.testkit;

import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;

/** A solver that says it converged, on a solution that was tampered with. */
final class LyingSolver extends ExactFlowSolver {
  private final Set<Capability> capabilities;
  private final UnaryOperator<FlowSolution> tampering;

  LyingSolver(Set<Capability> capabilities, UnaryOperator<FlowSolution> tampering) {
    this.capabilities = capabilities;
    this.tampering = tampering;
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  public FlowSolution solve(FlowProblem problem) {
    return tampering.apply(super.solve(problem));
  }

  /** One flow replaced: entry 0 of a row of a block. */
  static UnaryOperator<FlowSolution> arc(int block, int row, UnaryOperator<Double> change) {
    return solution ->
        new FlowSolution(
            solution.outcome(),
            (b, r, into) -> {
              solution.arcFlow().row(b, r, into);
              into[0] = b == block && r == row ? change.apply(into[0]) : into[0];
            },
            solution.returnFlow(),
            solution.potentials(),
            solution.gapBound(),
            solution.iterations());
  }

  /** Every flow times a factor, so that it stays conserved, and another promise of the gap. */
  static UnaryOperator<FlowSolution> scaled(double factor, double gapBound) {
    return solution ->
        new FlowSolution(
            solution.outcome(),
            (block, row, into) -> {
              solution.arcFlow().row(block, row, into);
              for (int i = 0; i < into.length; i++) {
                into[i] *= factor;
              }
            },
            solution.returnFlow() * factor,
            solution.potentials(),
            gapBound,
            solution.iterations());
  }

  /** Every potential replaced. */
  static UnaryOperator<FlowSolution> potentials(double value) {
    return solution -> {
      double[][] potentials =
          Arrays.stream(solution.potentials()).map(double[]::clone).toArray(double[][]::new);
      for (double[] group : potentials) {
        Arrays.fill(group, value);
      }
      return new FlowSolution(
          solution.outcome(),
          solution.arcFlow(),
          solution.returnFlow(),
          potentials,
          solution.gapBound(),
          solution.iterations());
    };
  }

  static UnaryOperator<FlowSolution> returnFlow(double change) {
    return solution ->
        new FlowSolution(
            solution.outcome(),
            solution.arcFlow(),
            solution.returnFlow() + change,
            solution.potentials(),
            solution.gapBound(),
            solution.iterations());
  }

  static UnaryOperator<FlowSolution> outcome(FlowSolution.Outcome outcome) {
    return solution ->
        new FlowSolution(
            outcome,
            solution.arcFlow(),
            solution.returnFlow(),
            solution.potentials(),
            solution.gapBound(),
            solution.iterations());
  }
}
