package org.attentionflow.evaluation.report;

import org.attentionflow.evaluation.statistics.Interval;
import org.jspecify.annotations.Nullable;

/**
 * One number of a summary: the mean of a metric over the examples, never without its interval and
 * counts.
 *
 * @param row the method, or the reference row
 * @param operator the removal operator; {@code -} for metrics that remove nothing
 * @param metric the id of the metric
 * @param interval the mean with its interval and count; null if no example has a value
 * @param undefined the examples for which the metric has no value
 * @param failed the examples for which the method failed
 * @param skipped the examples that were left out for all methods
 */
public record SummaryRow(
    String row,
    String operator,
    String metric,
    @Nullable Interval interval,
    int undefined,
    int failed,
    int skipped) {}
