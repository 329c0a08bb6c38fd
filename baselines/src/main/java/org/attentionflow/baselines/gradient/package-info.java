/** Methods that read gradients of hidden states or embeddings. */
@NullMarked
package org.attentionflow.baselines.gradient;

import org.jspecify.annotations.NullMarked;
