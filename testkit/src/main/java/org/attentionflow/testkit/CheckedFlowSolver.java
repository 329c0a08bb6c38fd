package org.attentionflow.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolver;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeGroup;
import org.attentionflow.network.PrunedNetwork;

/**
 * A flow solver that asserts what its interface promises, around another: the problem is pruned and
 * stays as it is, the solution has the right shape, and one that claims to have converged is inside
 * its bounds and conserved. Failures are {@link AssertionError}s.
 */
public final class CheckedFlowSolver implements FlowSolver {
  private final FlowSolver solver;

  /** Wraps a solver. */
  public CheckedFlowSolver(FlowSolver solver) {
    this.solver = solver;
  }

  @Override
  public String name() {
    return solver.name();
  }

  @Override
  public List<String> aliases() {
    return solver.aliases();
  }

  @Override
  public String summary() {
    return solver.summary();
  }

  @Override
  public String source() {
    return solver.source();
  }

  @Override
  public Set<Capability> capabilities() {
    return solver.capabilities();
  }

  @Override
  public FlowSolution solve(FlowProblem problem) {
    checkProblem(problem);
    List<double[]> before = capacities(problem);
    FlowSolution solution = solver.solve(problem);
    checkUnchanged(before, problem);
    checkSolution(problem, solution);
    return solution;
  }

  @Override
  public List<FlowSolution> solvePath(
      FlowNetwork network, double[] barrierParameters, SolverSettings settings) {
    List<FlowProblem> problems =
        Arrays.stream(barrierParameters)
            .mapToObj(mu -> new FlowProblem(network, mu, settings))
            .toList();
    problems.forEach(CheckedFlowSolver::checkProblem);
    for (int i = 1; i < barrierParameters.length; i++) {
      double before = barrierParameters[i - 1];
      double mu = barrierParameters[i];
      Checks.that(mu <= before, () -> "The barrier parameter rises from " + before + " to " + mu);
    }
    if (problems.isEmpty()) {
      return solver.solvePath(network, barrierParameters, settings);
    }
    List<double[]> before = capacities(problems.get(0));
    double[] given = barrierParameters.clone();
    List<FlowSolution> solutions = solver.solvePath(network, barrierParameters, settings);
    checkUnchanged(before, problems.get(0));
    Checks.that(
        Arrays.equals(given, barrierParameters) && solutions.size() == given.length,
        () -> solver.name() + " gives " + solutions.size() + " solutions of " + given.length);
    for (int i = 0; i < given.length; i++) {
      checkSolution(problems.get(i), solutions.get(i));
    }
    return solutions;
  }

  private void checkUnchanged(List<double[]> before, FlowProblem problem) {
    List<double[]> after = capacities(problem);
    for (int block = 0; block < before.size(); block++) {
      Checks.that(
          Arrays.equals(before.get(block), after.get(block)),
          () -> solver.name() + " changed the capacities of the problem.");
    }
  }

  private void checkSolution(FlowProblem problem, FlowSolution solution) {
    checkShape(problem, solution);
    if (solution.outcome() == FlowSolution.Outcome.CONVERGED) {
      checkBalance(problem, solution);
    }
  }

  @Override
  public long solveBytes(FlowNetwork network) {
    long bytes = solver.solveBytes(network);
    Checks.that(bytes > 0, () -> solver.name() + " claims to need " + bytes + " bytes.");
    return bytes;
  }

  private static void checkProblem(FlowProblem problem) {
    double mu = problem.barrierParameter();
    Checks.that(
        mu > 0 && mu < Double.POSITIVE_INFINITY,
        () -> "The barrier parameter (" + mu + ") must be positive and finite.");
    List<NodeGroup> groups = problem.network().groups();
    Checks.that(
        PrunedNetwork.of(problem.network()).network().groups().equals(groups)
            && groups.get(problem.network().source()).size() == 1,
        () -> "The network is not pruned. Maybe it was given to the solver directly.");
  }

  private void checkShape(FlowProblem problem, FlowSolution solution) {
    int iterations = solution.iterations();
    int limit = problem.settings().iterationLimit();
    Checks.that(
        iterations >= 0 && iterations <= limit,
        () -> solver.name() + " took " + iterations + " iterations; the limit is " + limit + ".");
    Checks.that(
        solution.gapBound() >= 0,
        () -> solver.name() + " promises a gap of " + solution.gapBound() + ".");
    List<NodeGroup> groups = problem.network().groups();
    Checks.that(
        solution.potentials().length == groups.size(),
        () -> solver.name() + " gives potentials of " + solution.potentials().length + " groups.");
    for (int group = 0; group < groups.size(); group++) {
      int size = groups.get(group).size();
      int given = solution.potentials()[group].length;
      String name = groups.get(group).name();
      Checks.that(
          given == size,
          () -> solver.name() + " gives " + given + " potentials of " + name + ", not " + size);
    }
  }

  private void checkBalance(FlowProblem problem, FlowSolution solution) {
    FlowNetwork network = problem.network();
    double[][] balance = new double[network.groups().size()][];
    Arrays.setAll(balance, group -> new double[network.groups().get(group).size()]);
    balance[network.source()][0] += solution.returnFlow();
    balance[network.sink()][0] -= solution.returnFlow();
    for (int number = 0; number < network.blocks().size(); number++) {
      addBlock(network.blocks().get(number), number, solution, balance);
    }
    // As FlowComputation allows, with room for sums taken in another order.
    double allowed =
        network.largestCapacity()
            * (problem.settings().conservationTolerance()
                + FlowChecks.ROUNDING * network.nodeCount());
    for (int group = 0; group < balance.length; group++) {
      for (int node = 0; node < balance[group].length; node++) {
        double imbalance = balance[group][node];
        String where = "node " + node + " of " + network.groups().get(group).name();
        Checks.that(
            Math.abs(imbalance) <= allowed,
            () ->
                solver.name()
                    + " says it converged, but inflow and outflow of "
                    + where
                    + " differ by "
                    + imbalance
                    + " > "
                    + allowed);
      }
    }
  }

  private void addBlock(ArcBlock block, int number, FlowSolution solution, double[][] balance) {
    int columns = block.capacity().columnCount();
    double[] row = new double[columns];
    for (int i = 0; i < block.capacity().rowCount(); i++) {
      // Whatever the solver does not write stays not a number, and is noticed.
      Arrays.fill(row, Double.NaN);
      solution.arcFlow().row(number, i, row);
      for (int j = 0; j < columns; j++) {
        double f = row[j];
        double u = block.capacity().get(i, j);
        String where = "block " + number + " row " + i + " column " + j;
        Checks.that(
            f >= 0 && f <= u,
            () ->
                solver.name()
                    + " sends "
                    + f
                    + " through the arc of capacity "
                    + u
                    + " at "
                    + where);
        balance[block.tail()][block.tailNode(i, j)] -= f;
        balance[block.head()][block.headNode(i, j)] += f;
      }
    }
  }

  private static List<double[]> capacities(FlowProblem problem) {
    return problem.network().blocks().stream()
        .map(block -> block.capacity().values().clone())
        .toList();
  }
}
