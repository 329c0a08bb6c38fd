/** The folder a run writes: an append-only journal first, then files that can be published. */
@NullMarked
package org.attentionflow.evaluation.bundle;

import org.jspecify.annotations.NullMarked;
