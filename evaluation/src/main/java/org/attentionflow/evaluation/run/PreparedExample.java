package org.attentionflow.evaluation.run;

import org.attentionflow.evaluation.dataset.Example;
import org.attentionflow.token.TokenSequence;
import org.jspecify.annotations.Nullable;

/**
 * An example as the model will read it.
 *
 * @param index its position in the run, from 0
 * @param example the example
 * @param gold the class of its label, or −1
 * @param tokens its tokens; null if it is left out
 * @param isTruncated whether its end was cut off to fit
 * @param reason why it is left out, or null
 * @param isSkipped whether leaving it out was asked for; otherwise it failed
 */
record PreparedExample(
    int index,
    Example example,
    int gold,
    @Nullable TokenSequence tokens,
    boolean isTruncated,
    @Nullable String reason,
    boolean isSkipped) {}
