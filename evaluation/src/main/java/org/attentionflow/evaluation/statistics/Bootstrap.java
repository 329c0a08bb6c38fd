package org.attentionflow.evaluation.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Bias-corrected and accelerated bootstrap intervals of a mean (BCa; Efron, Better bootstrap
 * confidence intervals, Journal of the American Statistical Association 82, 1987).
 *
 * <p>With B resamples of mean t*, Φ the normal distribution function and z its quantiles: z₀ =
 * Φ⁻¹(share of t* below the mean, equal ones by half); a = Σd³ / (6 (Σd²)^{3/2}) with d the mean of
 * the jackknife means minus each of them; the ends are the quantiles Φ(z₀ + (z₀ + z) / (1 − a (z₀ +
 * z))) of t*.
 *
 * @param resamples the number of resamples, B
 * @param level the confidence, in (0, 1)
 * @param seed what the resamples are drawn from
 */
public record Bootstrap(int resamples, double level, long seed) {
  /** Checks the numbers. */
  public Bootstrap {
    if (resamples < 1 || !(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "Resamples ("
              + resamples
              + ") must be positive and the level ("
              + level
              + ") in (0, 1).");
    }
  }

  /** 10,000 resamples and 95 %. */
  public static Bootstrap of(long seed) {
    return new Bootstrap(10_000, 0.95, seed);
  }

  /**
   * The interval of the mean. One example has none: its ends are NaN. Examples that are all alike
   * give an interval of length zero.
   *
   * @param values one finite number per example, at least one; not changed
   */
  public Interval mean(double[] values) {
    requireFinite(values);
    int n = values.length;
    double mean = average(values);
    if (n == 1) {
      return new Interval(mean, Double.NaN, Double.NaN, level, n);
    }
    if (Arrays.stream(values).allMatch(value -> value == values[0])) {
      return new Interval(mean, mean, mean, level, n);
    }
    double[] means = resampledMeans(values);
    double bias = Normal.quantile(shareBelow(means, mean));
    double acceleration = acceleration(values);
    double tail = (1 - level) / 2;
    return new Interval(
        mean,
        quantile(means, corrected(bias, acceleration, Normal.quantile(tail))),
        quantile(means, corrected(bias, acceleration, Normal.quantile(1 - tail))),
        level,
        n);
  }

  private double[] resampledMeans(double[] values) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[resamples];
    for (int b = 0; b < resamples; b++) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += values[random.nextInt(values.length)];
      }
      means[b] = sum / values.length;
    }
    Arrays.sort(means);
    return means;
  }

  /** Kept off 0 and 1, where the correction would be infinite. */
  private double shareBelow(double[] sorted, double mean) {
    double below = 0;
    for (double value : sorted) {
      below += value < mean ? 1 : value == mean ? 0.5 : 0;
    }
    double half = 0.5 / resamples;
    return Math.max(half, Math.min(1 - half, below / resamples));
  }

  private static double acceleration(double[] values) {
    // The jackknife means differ from their mean by (mean − value) / (n − 1), a factor that
    // cancels.
    double mean = average(values);
    double squares = 0;
    double cubes = 0;
    for (double value : values) {
      double d = value - mean;
      squares += d * d;
      cubes += d * d * d;
    }
    return cubes / (6 * Math.pow(squares, 1.5));
  }

  private static double corrected(double bias, double acceleration, double z) {
    double shifted = bias + z;
    return Normal.cumulative(bias + shifted / (1 - acceleration * shifted));
  }

  /** Linear between the order statistics. */
  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  private static double average(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static void requireFinite(double[] values) {
    if (values.length == 0 || !Arrays.stream(values).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "A mean needs at least one number, and finite ones: " + Arrays.toString(values));
    }
  }
}
