/**
 * The solver {@code barrier}. In the order of the algorithm: the primal–dual approach to the
 * solution ({@code PrimalDual}, {@code PrimalDualRow}); Newton's method on the dual, along a
 * falling barrier parameter if need be ({@code PathFollowing}); the Laplacian of the conductances
 * and its factor ({@code Elimination}, {@code BlockCholesky}, {@code DenseKernel}). Both methods
 * run over arcs and start from points that {@link org.attentionflow.dual} gives.
 */
@NullMarked
package org.attentionflow.barrier;

import org.jspecify.annotations.NullMarked;
