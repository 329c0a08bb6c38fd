/**
 * The dual of the barrier problem, for those who write solvers: the closed form of one arc, sweeps
 * over all arcs of a network, the gradient and the conductances at node potentials, and potentials
 * to start from.
 */
@NullMarked
package org.attentionflow.dual;

import org.jspecify.annotations.NullMarked;
