/** Methods that propagate relevance backwards through the network. */
@NullMarked
package org.attentionflow.baselines.relevance;

import org.jspecify.annotations.NullMarked;
