/**
 * The solvers {@code laplacian…}: {@link org.attentionflow.dual.DualNewton}, whose systems,
 * Laplacians of the conductances, are solved by preconditioned conjugate gradients. They differ in
 * the {@code Preconditioner}.
 */
@NullMarked
package org.attentionflow.laplacian;

import org.jspecify.annotations.NullMarked;
