/** Aggregators: from attention and gradients to the information tensor. */
@NullMarked
package org.attentionflow.information;

import org.jspecify.annotations.NullMarked;
