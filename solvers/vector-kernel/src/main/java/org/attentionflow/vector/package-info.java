/**
 * A kernel for direct solvers on the Vector API, which still incubates: {@code VectorKernel} cuts
 * the work, {@code VectorTile} does it. Without the module {@code jdk.incubator.vector} it is not
 * available, and solvers compute with their kernel in plain Java: slower, to the same bits.
 */
@NullMarked
package org.attentionflow.vector;

import org.jspecify.annotations.NullMarked;
