package org.attentionflow.evaluation.report;

/**
 * The mean of a metric's curves over the examples.
 *
 * @param row the method, or the reference row
 * @param operator the removal operator
 * @param metric the id of the metric
 * @param name what the curve shows
 * @param x the points, the same for every example
 * @param y the means; NaN where no example has a value
 */
public record SummaryCurve(
    String row, String operator, String metric, String name, double[] x, double[] y) {}
