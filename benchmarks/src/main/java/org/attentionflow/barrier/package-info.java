/** A door to the parts of the solver {@code barrier} that are measured on their own. */
@NullMarked
package org.attentionflow.barrier;

import org.jspecify.annotations.NullMarked;
