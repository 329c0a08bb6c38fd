package org.attentionflow.evaluation.statistics;

/** The standard normal distribution. */
final class Normal {
  private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

  /** Beyond this many standard deviations the tail is below the least positive double. */
  private static final double FAR = 38.6;

  /** Where the series ends and the continued fraction begins. */
  private static final double SERIES_END = 3;

  private static final int TERMS = 200;

  private Normal() {}

  /**
   * The distribution function Φ, to a relative error of about 1e-14. Within three standard
   * deviations the series Φ(x) = ½ + φ(x) Σ x^{2k+1} / (1·3·5…(2k+1)); beyond them Laplace's
   * continued fraction of the tail, φ(x) / (x + 1/(x + 2/(x + 3/…))).
   */
  static double cumulative(double x) {
    if (x < 0) {
      return x < -SERIES_END ? tail(-x) : 0.5 - series(-x);
    }
    return x > SERIES_END ? 1 - tail(x) : 0.5 + series(x);
  }

  /**
   * The quantile function Φ⁻¹ by bisection on {@link #cumulative}, to the last bits.
   *
   * @param share in [0, 1]; the ends give infinities
   */
  static double quantile(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("The share (" + share + ") must be in [0, 1].");
    }
    if (share == 0 || share == 1) {
      return share == 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (share > 0.5) {
      return -quantile(1 - share);
    }
    double low = -FAR;
    double high = 0;
    while (true) {
      double middle = 0.5 * (low + high);
      if (middle <= low || middle >= high) {
        return middle;
      }
      if (cumulative(middle) < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }

  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int k = 1; k < TERMS && term > 1e-17 * sum; k++) {
      term *= x * x / (2 * k + 1);
      sum += term;
    }
    return density(x) * sum;
  }

  private static double tail(double x) {
    double fraction = x;
    for (int k = TERMS; k > 0; k--) {
      fraction = x + k / fraction;
    }
    return density(x) / fraction;
  }

  private static double density(double x) {
    return Math.exp(-0.5 * x * x) / ROOT_TWO_PI;
  }
}
