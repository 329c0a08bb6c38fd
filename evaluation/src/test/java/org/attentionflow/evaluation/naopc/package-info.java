/** Published numbers of others, computed again. */
@NullMarked
package org.attentionflow.evaluation.naopc;

import org.jspecify.annotations.NullMarked;
