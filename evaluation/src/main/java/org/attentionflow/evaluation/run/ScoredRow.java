package org.attentionflow.evaluation.run;

import org.attentionflow.attribution.Attribution;
import org.jspecify.annotations.Nullable;

/**
 * What one method said of one example.
 *
 * @param row the method
 * @param attribution its scores; null if it failed
 * @param failure why there are no scores that can be relied on; null if there are
 * @param seconds the time it took
 */
record ScoredRow(
    Row row, @Nullable Attribution attribution, @Nullable String failure, double seconds) {}
