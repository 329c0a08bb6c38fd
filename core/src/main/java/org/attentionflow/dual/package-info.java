/**
 * The dual of the barrier problem, for those who write solvers. In the order of the algorithm:
 * potentials to start from ({@code StartingPoint}); a relaxation that balances one group of nodes
 * after another, from both ends at once ({@code Relaxation}); Newton's method in turns with it
 * ({@code DualNewton}), for any way to solve its Laplacian systems. Below them the gradient and the
 * conductances at potentials ({@code DualEvaluation}), sweeps over rows of arcs ({@code ArcLoops})
 * and the closed form of one arc ({@code ArcBarrier}).
 */
@NullMarked
package org.attentionflow.dual;

import org.jspecify.annotations.NullMarked;
