/**
 * Kernels for direct solvers on the Vector API, which still incubates. For products, {@code
 * VectorKernel} cuts the work and {@code VectorTile} does it; {@code VectorArcKernel} makes the
 * loops over arcs. Without the module {@code jdk.incubator.vector} they are not available, and
 * solvers compute in plain Java: slower, to the same bits.
 */
@NullMarked
package org.attentionflow.vector;

import org.jspecify.annotations.NullMarked;
