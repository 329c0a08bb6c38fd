package org.attentionflow.evaluation.report;

import org.attentionflow.evaluation.statistics.PairedComparison;

/**
 * A method compared with the reference method, example by example.
 *
 * @param row the method
 * @param reference the method it is compared with
 * @param operator the removal operator
 * @param metric the id of the metric
 * @param comparison the mean of row − reference with its interval, and p
 * @param adjusted p after Holm's correction over the methods
 */
public record SummaryTest(
    String row,
    String reference,
    String operator,
    String metric,
    PairedComparison comparison,
    double adjusted) {}
