/**
 * The solver {@code dinic}: {@link org.attentionflow.flow.maximum.MaximumFlow} behind the interface
 * of flow solvers.
 */
@NullMarked
package org.attentionflow.maxflow;

import org.jspecify.annotations.NullMarked;
