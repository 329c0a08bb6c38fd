/**
 * The solvers {@code laplacian…}: path following ({@link org.attentionflow.dual.PathFollowing})
 * whose Newton systems, Laplacians of the conductances, are solved by preconditioned conjugate
 * gradients. They differ in the {@code Preconditioner}.
 */
@NullMarked
package org.attentionflow.laplacian;

import org.jspecify.annotations.NullMarked;
