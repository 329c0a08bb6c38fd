package org.attentionflow.flow;

/**
 * What a solver returns. It is a claim: {@link FlowComputation} recomputes conservation, bounds and
 * a cut from it before anybody sees a status CERTIFIED.
 *
 * @param outcome how the solver ended
 * @param arcFlow the flow on every arc of the problem's network
 * @param returnFlow the flow on the return arc
 * @param potentials [group][member]; their level sets are the cuts that are tried. A solver that
 *     knows a minimum cut gives 1 on the side of the source and 0 on the side of the sink
 * @param gapBound what the solver promises: the maximum flow exceeds its value by no more
 * @param iterations the number of Newton steps, or what the solver counts
 */
public record FlowSolution(
    Outcome outcome,
    ArcFlow arcFlow,
    double returnFlow,
    double[][] potentials,
    double gapBound,
    int iterations) {
  /** How a solver ended. */
  public enum Outcome {
    /** It reached its tolerances. */
    CONVERGED,
    /** It used up its iterations first. */
    ITERATION_LIMIT,
    /** Rounding kept it from its tolerances. */
    NUMERICAL_TROUBLE
  }
}
