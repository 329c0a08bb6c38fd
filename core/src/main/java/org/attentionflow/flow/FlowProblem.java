package org.attentionflow.flow;

import org.attentionflow.network.FlowNetwork;

/**
 * What a solver is given: maximum flow as a circulation of minimum cost, regularised by a
 * logarithmic barrier. With u the capacities (of the return arc too), over the flows f that are
 * conserved at every node:
 *
 * <pre>
 *   minimise  −f_return − μ Σ_e [ log f_e + log(u_e − f_e) ]
 * </pre>
 *
 * The sum runs over every arc with a positive capacity, terminals and return included. The network
 * is pruned: each such arc lies on a path from super-source to super-sink, and there is at least
 * one.
 *
 * @param network the pruned network
 * @param barrierParameter μ, absolute, in the unit of the capacities; a plain maximum flow solver
 *     takes no notice of it
 * @param settings tolerance and limits
 */
public record FlowProblem(FlowNetwork network, double barrierParameter, SolverSettings settings) {}
