package org.attentionflow.formats.benchmark;

/** Student's t distribution. */
final class StudentT {
  /** Each halves the interval; the result is then good to the last bits. */
  private static final int BISECTIONS = 200;

  private static final int FRACTION_LIMIT = 1000;
  private static final double FRACTION_TOLERANCE = 1e-15;

  /** Stands for 0 in the continued fraction, which divides by it. */
  private static final double TINY = 1e-300;

  private StudentT() {}

  /**
   * The t > 0 with P(|T| ≤ t) = {@code probability}, relative error about 1e-12.
   *
   * @param degrees the degrees of freedom, at least 1
   */
  static double quantile(double probability, int degrees) {
    double low = 0;
    double high = 1;
    while (within(high, degrees) < probability) {
      high *= 2;
    }
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (within(middle, degrees) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** P(|T| ≤ t) = 1 − I_x(ν/2, 1/2) at x = ν / (ν + t²). */
  static double within(double t, int degrees) {
    double a = degrees / 2.0;
    double x = degrees / (degrees + t * t);
    // The continued fraction converges fast on one side of the mean of the beta distribution.
    return x < (a + 1) / (a + 2.5)
        ? 1 - incompleteBeta(a, 0.5, x)
        : incompleteBeta(0.5, a, t * t / (degrees + t * t));
  }

  /**
   * I_x(a, b) by its continued fraction, evaluated by Lentz's method. Source: DLMF 8.17.22.
   *
   * <pre>
   *   I_x = x^a (1 − x)^b / (a B(a, b)) · 1/(1 + d₁/(1 + d₂/(1 + …)))
   * </pre>
   */
  private static double incompleteBeta(double a, double b, double x) {
    if (x <= 0) {
      return 0;
    }
    double front =
        Math.exp(
            logGamma(a + b)
                - logGamma(a)
                - logGamma(b)
                + a * Math.log(x)
                + b * Math.log1p(-x)
                - Math.log(a));
    double c = 1;
    double d = 0;
    double fraction = 1;
    for (int k = 1; k < FRACTION_LIMIT; k++) {
      double term = coefficient(a, b, x, k);
      d = 1 / nonZero(1 + term * d);
      c = nonZero(1 + term / c);
      fraction *= c * d;
      if (Math.abs(1 - c * d) < FRACTION_TOLERANCE) {
        break;
      }
    }
    return front / fraction;
  }

  private static double coefficient(double a, double b, double x, int k) {
    int m = k / 2;
    return k % 2 == 0
        ? m * (b - m) * x / ((a + k - 1) * (a + k))
        : -(a + m) * (a + b + m) * x / ((a + k - 1) * (a + k));
  }

  private static double nonZero(double x) {
    return x == 0 ? TINY : x;
  }

  /** log Γ at a multiple of 1/2, by its recurrence from Γ(1/2) = √π or Γ(1) = 1. */
  private static double logGamma(double halves) {
    boolean isWhole = halves == Math.rint(halves);
    double log = isWhole ? 0 : 0.5 * Math.log(Math.PI);
    for (double x = isWhole ? 1 : 0.5; x < halves; x++) {
      log += Math.log(x);
    }
    return log;
  }
}
