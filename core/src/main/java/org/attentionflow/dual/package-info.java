/**
 * The dual of the barrier problem, for those who write solvers: the closed form of one arc, sweeps
 * over all arcs of a network, the gradient and the conductances at node potentials, potentials to
 * start from, and Newton's method along the path of falling μ, for any way to solve its Laplacian
 * systems.
 */
@NullMarked
package org.attentionflow.dual;

import org.jspecify.annotations.NullMarked;
