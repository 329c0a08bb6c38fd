package org.attentionflow.dual;

import java.util.Arrays;

/** Vectors with one number per node, [group][member]. */
public final class Potentials {
  private Potentials() {}

  /** A copy. */
  public static double[][] copy(double[][] x) {
    double[][] copy = new double[x.length][];
    for (int group = 0; group < x.length; group++) {
      copy[group] = x[group].clone();
    }
    return copy;
  }

  /** A copy whose groups are filled up by zeros to {@link ArcStrip#padded} lengths. */
  public static double[][] padded(double[][] x) {
    double[][] padded = new double[x.length][];
    for (int group = 0; group < x.length; group++) {
      padded[group] = Arrays.copyOf(x[group], ArcStrip.padded(x[group].length));
    }
    return padded;
  }

  /** x + factor · y. */
  public static double[][] plus(double[][] x, double factor, double[][] y) {
    double[][] sum = copy(x);
    for (int group = 0; group < x.length; group++) {
      for (int i = 0; i < sum[group].length; i++) {
        sum[group][i] += factor * y[group][i];
      }
    }
    return sum;
  }

  /** Σ x·y. */
  public static double inner(double[][] x, double[][] y) {
    double sum = 0;
    for (int group = 0; group < x.length; group++) {
      sum += Sums.of(x[group], y[group], 0, x[group].length);
    }
    return sum;
  }
}
