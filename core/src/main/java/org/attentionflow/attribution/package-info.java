/** Attribution methods: from a capture to a score per token. */
@NullMarked
package org.attentionflow.attribution;

import org.jspecify.annotations.NullMarked;
