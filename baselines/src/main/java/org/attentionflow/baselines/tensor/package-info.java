/** Other ways to read the information tensor that flow methods read. */
@NullMarked
package org.attentionflow.baselines.tensor;

import org.jspecify.annotations.NullMarked;
