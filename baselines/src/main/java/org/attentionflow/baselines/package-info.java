/** Attribution methods beside flow, on the same capture; what they have in common. */
@NullMarked
package org.attentionflow.baselines;

import org.jspecify.annotations.NullMarked;
