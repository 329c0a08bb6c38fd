package org.attentionflow.evaluation.statistics;

/**
 * A mean with its confidence interval.
 *
 * @param mean the mean over examples
 * @param low the lower end
 * @param high the upper end
 * @param level the confidence, for example 0.95
 * @param count the number of examples
 */
public record Interval(double mean, double low, double high, double level, int count) {}
