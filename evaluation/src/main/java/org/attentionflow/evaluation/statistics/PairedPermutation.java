package org.attentionflow.evaluation.statistics;

import java.util.SplittableRandom;

/**
 * The paired permutation test: two-sided, of the hypothesis that two methods can be exchanged on
 * every example, by the sum of per-example differences under random signs (Fisher, The design of
 * experiments, 1935). Up to {@value #EXACT_COUNT} differences that are not zero all sign patterns
 * are counted and p is exact; above, p = (1 + patterns as extreme) / (1 + patterns drawn).
 *
 * @param resamples the number of sign patterns drawn
 * @param seed what they are drawn from
 */
public record PairedPermutation(int resamples, long seed) {
  /** Up to how many differences the test is exact. */
  public static final int EXACT_COUNT = 16;

  /** Sums this close, relative to the sum of magnitudes, are equal but for rounding. */
  private static final double EQUAL = 1e-12;

  /** Checks the count. */
  public PairedPermutation {
    if (resamples < 1) {
      throw new IllegalArgumentException("Resamples (" + resamples + ") must be positive.");
    }
  }

  /** 10,000 sign patterns. */
  public static PairedPermutation of(long seed) {
    return new PairedPermutation(10_000, seed);
  }

  /**
   * The probability, were the methods exchangeable, of a mean difference at least as far from zero.
   *
   * @param left one number per example
   * @param right the other method's numbers of the same examples, in the same order
   */
  public double test(double[] left, double[] right) {
    if (left.length != right.length) {
      throw new IllegalArgumentException(
          "Paired values need equal counts: " + left.length + " and " + right.length + ".");
    }
    double[] differences = new double[left.length];
    int count = 0;
    double sum = 0;
    double magnitude = 0;
    for (int i = 0; i < left.length; i++) {
      double d = left[i] - right[i];
      if (!Double.isFinite(d)) {
        throw new IllegalArgumentException("The difference of example " + i + " is " + d + ".");
      }
      if (d != 0) {
        differences[count++] = d;
        sum += d;
        magnitude += Math.abs(d);
      }
    }
    double extreme = Math.abs(sum) - EQUAL * magnitude;
    return count <= EXACT_COUNT
        ? exact(differences, count, extreme)
        : sampled(differences, count, extreme);
  }

  private static double exact(double[] differences, int count, double extreme) {
    int patterns = 1 << count;
    int asExtreme = 0;
    for (int signs = 0; signs < patterns; signs++) {
      asExtreme += Math.abs(signed(differences, count, signs)) >= extreme ? 1 : 0;
    }
    return (double) asExtreme / patterns;
  }

  private double sampled(double[] differences, int count, double extreme) {
    SplittableRandom random = new SplittableRandom(seed);
    int asExtreme = 0;
    for (int r = 0; r < resamples; r++) {
      double sum = 0;
      for (int from = 0; from < count; from += Long.SIZE) {
        long signs = random.nextLong();
        int to = Math.min(count, from + Long.SIZE);
        for (int i = from; i < to; i++) {
          sum += (signs >>> (i - from) & 1) == 0 ? differences[i] : -differences[i];
        }
      }
      asExtreme += Math.abs(sum) >= extreme ? 1 : 0;
    }
    return (1.0 + asExtreme) / (1.0 + resamples);
  }

  private static double signed(double[] differences, int count, int signs) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += (signs >>> i & 1) == 0 ? differences[i] : -differences[i];
    }
    return sum;
  }
}
