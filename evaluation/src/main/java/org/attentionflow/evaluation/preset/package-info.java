/** The conventions of others, as named settings. */
@NullMarked
package org.attentionflow.evaluation.preset;

import org.jspecify.annotations.NullMarked;
