package org.attentionflow.evaluation.statistics;

/**
 * A mean with its confidence interval.
 *
 * @param mean the mean over examples
 * @param low the lower end; NaN if there is none
 * @param high the upper end; NaN if there is none
 * @param level the confidence, for example 0.95
 * @param count the number of examples
 */
public record Interval(double mean, double low, double high, double level, int count) {
  /** Whether there is one: a single example says nothing of how far others would be. */
  public boolean hasEnds() {
    return !Double.isNaN(low) && !Double.isNaN(high);
  }
}
