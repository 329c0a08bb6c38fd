package org.attentionflow.formats.benchmark;

import java.util.Arrays;

/**
 * Repeated timings of one thing.
 *
 * @param median the middle one; of an even number the mean of the two in the middle
 * @param least the smallest
 * @param most the largest
 * @param runs how many there are
 * @param isWarm whether others came before, which do not count
 */
public record Times(double median, double least, double most, int runs, boolean isWarm) {
  /** Summarises at least one timing in seconds, taken after a warm-up. */
  public static Times of(double... seconds) {
    return of(true, seconds);
  }

  /** Summarises timings of which the first is that of the first run. */
  public static Times withoutWarmUp(double... seconds) {
    return of(false, seconds);
  }

  private static Times of(boolean isWarm, double... seconds) {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    double median = (sorted[last / 2] + sorted[sorted.length / 2]) / 2;
    return new Times(median, sorted[0], sorted[last], sorted.length, isWarm);
  }
}
