/** How well scores fit a model (faithfulness), themselves (sanity) and people (plausibility). */
@NullMarked
package org.attentionflow.evaluation.metric;

import org.jspecify.annotations.NullMarked;
