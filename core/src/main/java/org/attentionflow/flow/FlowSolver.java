package org.attentionflow.flow;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.plugin.Plugin;

/**
 * Solves flow problems. Stateless and thread-safe; the result has the same bits for any number of
 * threads, and the problem is not changed.
 */
public interface FlowSolver extends Plugin {
  /** What a solver promises. */
  enum Capability {
    /**
     * The arc flows are the one solution of the regularised problem. Without it they are one of
     * many maximum flows, and scores read off them are labelled as not unique.
     */
    UNIQUE_FLOW
  }

  /** What the solver promises. */
  Set<Capability> capabilities();

  /** Solves a problem. Failure to converge is an outcome, never an exception. */
  FlowSolution solve(FlowProblem problem);

  /**
   * Solves one network for several barrier parameters. The solutions agree with those of {@link
   * #solve} within the tolerances, but need not have the same bits: a solver may start from the
   * solution before. As it stands, each problem is solved on its own.
   *
   * @param network the pruned network
   * @param barrierParameters μ, absolute, each not larger than the one before it
   * @param settings tolerance and limits; the iteration limit holds for each solution
   * @return one solution per barrier parameter, in their order
   */
  default List<FlowSolution> solvePath(
      FlowNetwork network, double[] barrierParameters, SolverSettings settings) {
    return Arrays.stream(barrierParameters)
        .mapToObj(mu -> solve(new FlowProblem(network, mu, settings)))
        .toList();
  }

  /**
   * What does the solver's dense arithmetic here, where there is a choice, for reports on speed;
   * otherwise empty. Results do not depend on it.
   */
  default String kernel() {
    return "";
  }

  /** An upper estimate of the memory, in bytes, that solving on a pruned network needs. */
  long solveBytes(FlowNetwork network);
}
