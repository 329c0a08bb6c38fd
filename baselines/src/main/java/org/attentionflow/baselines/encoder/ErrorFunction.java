package org.attentionflow.baselines.encoder;

/**
 * The error function in double precision: Taylor's polynomial around the nearest of the points k /
 * 128, whose values come once from a series below 3, erf(x) = 2/√π · e^(−x²) Σ_n 2ⁿ x^(2n+1) /
 * (2n+1)!! with positive terms (Abramowitz and Stegun, 7.1.6), and above it from the continued
 * fraction of erfc (7.1.14), evaluated from its end.
 */
final class ErrorFunction {
  private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

  /** From here on erf is 1 to the last bit. */
  private static final double ONE_FROM = 6;

  private static final double SERIES_BELOW = 3;

  /** Enough at x = 3 for 16 digits, and more beyond. */
  private static final int FRACTION_DEPTH = 60;

  /** Points of the table per unit. */
  private static final int POINTS = 128;

  /** The degree of the polynomials: the rest is below |h|^7 / 8 with |h| ≤ 1/256, that is 2e-18. */
  private static final int DEGREE = 6;

  /** Taylor's coefficients, [point, power]. */
  private static final double[] TABLE = table();

  private ErrorFunction() {}

  static double of(double x) {
    double size = Math.abs(x);
    if (!(size < ONE_FROM)) {
      return Double.isNaN(x) ? x : Math.signum(x);
    }
    int point = (int) (size * POINTS + 0.5);
    double h = size - (double) point / POINTS;
    int at = point * (DEGREE + 1);
    double sum = TABLE[at + DEGREE];
    for (int power = DEGREE - 1; power >= 0; power--) {
      sum = sum * h + TABLE[at + power];
    }
    return Math.copySign(sum, x);
  }

  /** erf^(n+1)(x) = 2/√π e^(−x²) (−1)^n H_n(x), H_(n+1) = 2x H_n − 2n H_(n−1). */
  private static double[] table() {
    int pointCount = (int) ONE_FROM * POINTS + 1;
    double[] table = new double[pointCount * (DEGREE + 1)];
    for (int point = 0; point < pointCount; point++) {
      double x = (double) point / POINTS;
      int at = point * (DEGREE + 1);
      table[at] = direct(x);
      double factor = TWO_OVER_ROOT_PI * StrictMath.exp(-x * x);
      double before = 0;
      double hermite = 1;
      for (int n = 0; n < DEGREE; n++) {
        factor /= n + 1;
        table[at + n + 1] = (n % 2 == 0 ? factor : -factor) * hermite;
        double next = 2 * x * hermite - 2 * n * before;
        before = hermite;
        hermite = next;
      }
    }
    return table;
  }

  private static double direct(double x) {
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
