/**
 * Plain maximum flow, without a barrier: one of the many maximum flows, and what all of them have
 * in common. Exact for real capacities, and independent of every solver.
 */
@NullMarked
package org.attentionflow.flow.maximum;

import org.jspecify.annotations.NullMarked;
