/**
 * The solver {@code barrier}. In the order of the algorithm: the closed form of an arc ({@link
 * org.attentionflow.dual.ArcBarrier}), the imbalance and conductances it gives at node potentials
 * ({@code DualEvaluation}), the Laplacian of the conductances and its factor ({@code Elimination},
 * {@code BlockCholesky}, {@code DenseKernel}), and Newton's method along a falling barrier
 * parameter ({@link org.attentionflow.barrier.BarrierFlowSolver}).
 */
@NullMarked
package org.attentionflow.barrier;

import org.jspecify.annotations.NullMarked;
