package org.attentionflow.flow;

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

  /** An upper estimate of the memory, in bytes, that solving on a pruned network needs. */
  long solveBytes(FlowNetwork network);
}
