/**
 * The solver {@code barrier}: the Laplacian of the conductances and its factor ({@code
 * Elimination}, {@code BlockCholesky}, {@code Panel}) for {@link
 * org.attentionflow.dual.DualNewton}.
 */
@NullMarked
package org.attentionflow.barrier;

import org.jspecify.annotations.NullMarked;
