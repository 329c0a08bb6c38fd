package org.attentionflow.dual;

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
