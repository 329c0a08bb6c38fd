package org.attentionflow.evaluation.report;

import java.util.SplittableRandom;

/**
 * Scores that are no explanation, to show what methods can reach. The best and the worst order are
 * those by AOPC: by another metric an explanation may be above the one and below the other.
 */
public final class ReferenceRow {
  /** Scores drawn at random; the mean over several seeds. */
  public static final String RANDOM = "random-order";

  /** The order with the greatest AOPC that was found. */
  public static final String BEST = "best-order-by-aopc";

  /** The order with the least AOPC that was found. */
  public static final String WORST = "worst-order-by-aopc";

  private ReferenceRow() {}

  /** Whether a row is one of these. */
  public static boolean is(String row) {
    return row.equals(RANDOM) || row.equals(BEST) || row.equals(WORST);
  }

  /** Whether a row is the best or the worst order, which are not searched for on long texts. */
  public static boolean isSearched(String row) {
    return row.equals(BEST) || row.equals(WORST);
  }

  /** Scores in [0, 1), drawn from a seed and the identity of an example. */
  public static double[] random(long seed, int draw, String example, int size) {
    long start = seed * 0x9E3779B97F4A7C15L + draw * 0xBF58476D1CE4E5B9L + example.hashCode();
    return new SplittableRandom(start).doubles(size).toArray();
  }

  /** Scores that fall along an order of removal. */
  public static double[] falling(int[] order) {
    double[] scores = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      scores[order[i]] = order.length - i;
    }
    return scores;
  }
}
