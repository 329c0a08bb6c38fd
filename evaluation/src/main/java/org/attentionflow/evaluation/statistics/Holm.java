package org.attentionflow.evaluation.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holm's correction for several tests: adjusted p of the i-th smallest of m = the largest of (m − j
 * + 1) p_j over j ≤ i, at most 1 (Holm, A simple sequentially rejective multiple test procedure,
 * Scandinavian Journal of Statistics 6, 1979).
 */
public final class Holm {
  private Holm() {}

  /**
   * The adjusted p values, in the order given.
   *
   * @param p the p values of one family of tests, each in [0, 1]; not changed
   */
  public static double[] adjust(double[] p) {
    List<Integer> ascending =
        IntStream.range(0, p.length).boxed().sorted(Comparator.comparingDouble(i -> p[i])).toList();
    double[] adjusted = new double[p.length];
    double largest = 0;
    for (int rank = 0; rank < p.length; rank++) {
      int test = ascending.get(rank);
      largest = Math.max(largest, Math.min(1, (p.length - rank) * p[test]));
      adjusted[test] = largest;
    }
    return adjusted;
  }
}
