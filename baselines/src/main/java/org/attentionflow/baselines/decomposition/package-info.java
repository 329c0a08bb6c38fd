/** Methods that take hidden states apart into contributions of tokens. */
@NullMarked
package org.attentionflow.baselines.decomposition;

import org.jspecify.annotations.NullMarked;
