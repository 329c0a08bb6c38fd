/** Intervals and tests over examples. */
@NullMarked
package org.attentionflow.evaluation.statistics;

import org.jspecify.annotations.NullMarked;
