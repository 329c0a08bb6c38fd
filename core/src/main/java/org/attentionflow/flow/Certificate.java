package org.attentionflow.flow;

/**
 * What was recomputed from a solution, independently of its solver.
 *
 * @param conservationResidual the largest |inflow − outflow| of a node, relative to the largest
 *     capacity of the network
 * @param relativeImbalance the largest |inflow − outflow| of a node relative to its own inflow +
 *     outflow, or to twice the flow value where flow runs round cycles and that is less: a
 *     tolerance that also holds where all flows are tiny
 * @param smallestSlack the smallest distance of an arc's flow to its bounds, min(f, u − f) / u; 0
 *     or less means that a bound is reached or broken
 * @param stationarity how far the flow is from the solution of the barrier problem at the solver's
 *     potentials: about the largest error of an arc's flow relative to its distance to its bounds;
 *     0 for a solver that does not promise that solution
 * @param cut the best cut among the level sets of the solver's potentials
 * @param gapBound how far below the maximum flow the value may lie: 2mμ for the barrier problem
 *     with m arcs
 */
public record Certificate(
    double conservationResidual,
    double relativeImbalance,
    double smallestSlack,
    double stationarity,
    Cut cut,
    double gapBound) {}
