/** Model engines: from tokens to attention and its gradients. */
@NullMarked
package org.attentionflow.engine;

import org.jspecify.annotations.NullMarked;
