/** Methods that read attention and its gradient. */
@NullMarked
package org.attentionflow.baselines.attention;

import org.jspecify.annotations.NullMarked;
