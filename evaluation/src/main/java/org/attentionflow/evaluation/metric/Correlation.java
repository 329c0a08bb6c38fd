package org.attentionflow.evaluation.metric;

import java.util.OptionalDouble;

/** Agreement of two lists of numbers; undefined if either is constant. */
public final class Correlation {
  private Correlation() {}

  /**
   * Kendall's τ_b: concordant pairs minus discordant ones, over √((pairs not tied in x) · (pairs
   * not tied in y)) (Kendall, The treatment of ties in ranking problems, Biometrika 33, 1945).
   */
  public static OptionalDouble kendall(double[] x, double[] y) {
    long difference = 0;
    long untiedX = 0;
    long untiedY = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < i; j++) {
        int signX = x[i] == x[j] ? 0 : Double.compare(x[i], x[j]);
        int signY = y[i] == y[j] ? 0 : Double.compare(y[i], y[j]);
        difference += (long) signX * signY;
        untiedX += Math.abs(signX);
        untiedY += Math.abs(signY);
      }
    }
    return untiedX == 0 || untiedY == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(difference / (Math.sqrt(untiedX) * Math.sqrt(untiedY)));
  }

  /** Pearson's r. */
  public static OptionalDouble pearson(double[] x, double[] y) {
    double meanX = mean(x);
    double meanY = mean(y);
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      double dx = x[i] - meanX;
      double dy = y[i] - meanY;
      xx += dx * dx;
      yy += dy * dy;
      xy += dx * dy;
    }
    if (isConstant(x) || isConstant(y)) {
      return OptionalDouble.empty();
    }
    double r = xy / (Math.sqrt(xx) * Math.sqrt(yy));
    return OptionalDouble.of(Math.max(-1, Math.min(1, r)));
  }

  /** Spearman's ρ: Pearson's r of the ranks, equal numbers sharing their mean rank. */
  public static OptionalDouble spearman(double[] x, double[] y) {
    return pearson(Ranking.ranks(x), Ranking.ranks(y));
  }

  private static boolean isConstant(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
