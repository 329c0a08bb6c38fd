/**
 * The solver {@code barrier}. In the order of the algorithm: all arcs as rows ({@code ArcRows}), a
 * point to start from ({@code StartingPoint}), the primal–dual approach to the solution ({@code
 * PrimalDual}, {@code PrimalDualRow}); the closed form of an arc ({@code ArcBarrier}), the
 * imbalance and conductances it gives at node potentials ({@code DualEvaluation}) and Newton's
 * method on them, along a falling barrier parameter if need be ({@code PathFollowing}); the
 * Laplacian of the conductances and its factor ({@code Elimination}, {@code BlockCholesky}, {@code
 * DenseKernel}).
 */
@NullMarked
package org.attentionflow.barrier;

import org.jspecify.annotations.NullMarked;
