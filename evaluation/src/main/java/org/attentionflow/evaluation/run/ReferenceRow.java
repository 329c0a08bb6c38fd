package org.attentionflow.evaluation.run;

import java.util.SplittableRandom;
import org.attentionflow.evaluation.report.ReferenceRows;

/** Scores that are no explanation: random, and the best and worst by AOPC or by marks. */
public final class ReferenceRow {
  /** Scores drawn at random; the mean over several seeds. */
  public static final String RANDOM = ReferenceRows.RANDOM;

  /** The order with the greatest AOPC that was found; for plausibility all marks first. */
  public static final String BEST = ReferenceRows.BEST;

  /** The order with the least AOPC that was found; for plausibility all marks last. */
  public static final String WORST = ReferenceRows.WORST;

  private ReferenceRow() {}

  /** Whether a row is one of these. */
  public static boolean is(String row) {
    return row.equals(RANDOM) || row.equals(BEST) || row.equals(WORST);
  }

  /** Scores in [0, 1), drawn from a seed and the identity of an example. */
  static double[] random(long seed, int draw, String example, int size) {
    long start = seed * 0x9E3779B97F4A7C15L + draw * 0xBF58476D1CE4E5B9L + example.hashCode();
    return new SplittableRandom(start).doubles(size).toArray();
  }

  /** Scores that fall along an order of removal. */
  static double[] falling(int[] order) {
    double[] scores = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      scores[order[i]] = order.length - i;
    }
    return scores;
  }
}
