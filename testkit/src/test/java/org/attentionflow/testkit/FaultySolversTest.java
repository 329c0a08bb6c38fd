package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.FlowSolver.Capability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of flow solvers fails for solvers that break it: it tests something. */
class FaultySolversTest {
  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("half the flow", LyingSolver.scaled(0.5, 0)),
        Arguments.of("more than the maximum", LyingSolver.scaled(1 + 1e-6, 0)),
        Arguments.of("one arc too much", LyingSolver.arc(0, 0, f -> f + 1e-6)),
        Arguments.of("no cut", LyingSolver.potentials(0)),
        Arguments.of("no result", LyingSolver.outcome(FlowSolution.Outcome.ITERATION_LIMIT)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void aFaultIsFoundOnRandomNetworks(String name, UnaryOperator<FlowSolution> fault) {
    FlowSolverContract contract = contract(new LyingSolver(Set.of(), fault));
    assertThrows(AssertionError.class, contract::certifiesRandomNetworks, name);
  }

  /** A plain maximum flow is no solution of the barrier problem, whatever it declares. */
  @Test
  void aPlainMaximumFlowIsNotUnique() {
    FlowSolverContract contract =
        contract(new LyingSolver(Set.of(Capability.UNIQUE_FLOW), solution -> solution));
    NetworkInstance instance = RandomNetworks.of(RandomNetworks.Kind.DENSE, 1);
    assertThrows(AssertionError.class, () -> contract.staysInsideTheBounds(instance));
    assertThrows(
        AssertionError.class,
        () -> contract.agreesWithRecordedSolutions(RecordedNetworks.read("af-3x5-mu0.01")));
    assertThrows(
        AssertionError.class,
        () -> contract.agreesWithClosedForms(KnownNetworks.withSolution().get(0)));
  }

  @Test
  void aRandomResultIsNotReproducible() {
    Random random = new Random(1);
    FlowSolver moody =
        new LyingSolver(
            Set.of(),
            solution -> LyingSolver.scaled(1 - 1e-12 * random.nextDouble(), 0).apply(solution));
    NetworkInstance instance = RandomNetworks.of(RandomNetworks.Kind.DENSE, 1);
    assertThrows(AssertionError.class, () -> contract(moody).givesTheSameBitsAgain(instance));
  }

  /** Half a rounding more on two threads, of one arc. */
  @Test
  void bitsThatDependOnThreadsAreFound() {
    FlowSolver divided =
        new ExactFlowSolver() {
          @Override
          public FlowSolution solve(FlowProblem problem) {
            boolean isAlone = problem.settings().threads() == 1;
            return LyingSolver.arc(1, 0, f -> isAlone ? f : Math.nextDown(f))
                .apply(super.solve(problem));
          }
        };
    for (NetworkInstance instance : RandomNetworks.wide()) {
      assertThrows(
          AssertionError.class, () -> contract(divided).givesTheSameBitsWithMoreThreads(instance));
    }
  }

  @Test
  void aChangedProblemIsFound() {
    FlowSolver vandal =
        new ExactFlowSolver() {
          @Override
          public FlowSolution solve(FlowProblem problem) {
            FlowSolution solution = super.solve(problem);
            problem.network().blocks().get(0).capacity().values()[0] *= 2;
            return solution;
          }
        };
    NetworkInstance instance = RandomNetworks.of(RandomNetworks.Kind.DENSE, 2);
    assertThrows(AssertionError.class, () -> contract(vandal).givesTheSameBitsAgain(instance));
  }

  private static FlowSolverContract contract(FlowSolver solver) {
    return new FlowSolverContract() {
      @Override
      protected FlowSolver plugin() {
        return solver;
      }

      @Override
      protected int randomNetworkCount() {
        return 30;
      }
    };
  }
}
