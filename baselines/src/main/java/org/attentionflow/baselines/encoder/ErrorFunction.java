package org.attentionflow.baselines.encoder;

/**
 * The error function in double precision: below 3 the series erf(x) = 2/√π · e^(−x²) Σ_n 2ⁿ
 * x^(2n+1) / (2n+1)!!, whose terms are all positive (Abramowitz and Stegun, 7.1.6); above it the
 * continued fraction of erfc (7.1.14), evaluated from its end.
 */
final class ErrorFunction {
  private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

  /** From here on erf is 1 to the last bit. */
  private static final double ONE_FROM = 6;

  private static final double SERIES_BELOW = 3;

  /** Enough at x = 3 for 16 digits, and more beyond. */
  private static final int FRACTION_DEPTH = 60;

  private ErrorFunction() {}

  static double of(double x) {
    if (x < 0) {
      return -of(-x);
    }
    if (x >= ONE_FROM) {
      return 1;
    }
    double gauss = StrictMath.exp(-x * x);
    return x < SERIES_BELOW ? TWO_OVER_ROOT_PI * gauss * series(x) : 1 - gauss * fraction(x);
  }

  /** Σ_n 2ⁿ x^(2n+1) / (2n+1)!!, until a term no longer counts. */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; term > sum * Math.ulp(1.0) / 4; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return sum;
  }

  /** erfc(x) e^(x²) = 1/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))). */
  private static double fraction(double x) {
    double tail = x;
    for (int n = FRACTION_DEPTH; n >= 1; n--) {
      tail = x + n / 2.0 / tail;
    }
    return TWO_OVER_ROOT_PI / 2 / tail;
  }
}
