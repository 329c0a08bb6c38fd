package org.attentionflow.formats.benchmark;

/**
 * The power law y = factor · x^exponent, fitted by least squares on logarithms.
 *
 * @param exponent the fitted exponent
 * @param low the lower end of its 95 % interval, by Student's t with {@code points} − 2 degrees of
 *     freedom
 * @param high the upper end
 * @param factor the factor
 * @param points the number of points
 */
public record PowerFit(double exponent, double low, double high, double factor, int points) {
  /** Fewer leave no degree of freedom for the interval. */
  public static final int FEWEST_POINTS = 3;

  private static final double CONFIDENCE = 0.95;

  /**
   * Fits positive values.
   *
   * @throws IllegalArgumentException if there are fewer than three points or all x are equal
   */
  public static PowerFit of(double[] x, double[] y) {
    int n = x.length;
    double meanX = meanLog(x);
    double meanY = meanLog(y);
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < n; i++) {
      double dx = Math.log(x[i]) - meanX;
      xx += dx * dx;
      xy += dx * (Math.log(y[i]) - meanY);
    }
    if (n < FEWEST_POINTS || !(xx > 0)) {
      throw new IllegalArgumentException("A fit needs three points that are not all of one size.");
    }
    double exponent = xy / xx;
    double rest = 0;
    for (int i = 0; i < n; i++) {
      double error = Math.log(y[i]) - meanY - exponent * (Math.log(x[i]) - meanX);
      rest += error * error;
    }
    // The standard error of the slope: √(Σ residual² / (n − 2) / Σ dx²).
    double half = StudentT.quantile(CONFIDENCE, n - 2) * Math.sqrt(rest / (n - 2) / xx);
    double factor = Math.exp(meanY - exponent * meanX);
    return new PowerFit(exponent, exponent - half, exponent + half, factor, n);
  }

  private static double meanLog(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += Math.log(value);
    }
    return sum / values.length;
  }
}
