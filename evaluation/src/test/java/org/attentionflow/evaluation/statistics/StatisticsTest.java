package org.attentionflow.evaluation.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.attentionflow.failure.UnusableInputException;
import org.junit.jupiter.api.Test;

/** Intervals and tests against tables, exact counts and simulation. */
class StatisticsTest {
  /** Φ⁻¹ from tables to 15 digits, and Φ of it back. */
  @Test
  void theNormalDistribution() {
    assertEquals(1.959963984540054, Normal.quantile(0.975), 1e-14);
    assertEquals(-2.326347874040841, Normal.quantile(0.01), 1e-14);
    assertEquals(0, Normal.quantile(0.5), 1e-15);
    assertEquals(0.8413447460685429, Normal.cumulative(1), 1e-15);
    assertEquals(9.865876450376946e-10, Normal.cumulative(-6), 1e-22);
    for (double share : new double[] {1e-12, 1e-5, 0.2, 0.7, 0.999}) {
      assertEquals(share, Normal.cumulative(Normal.quantile(share)), 1e-13 * share);
    }
    assertEquals(Normal.cumulative(-2.9999999), Normal.cumulative(-3.0000001), 1e-8);
  }

  /** The values and the interval do not depend on their order's meaning, only on the seed. */
  @Test
  void intervalsAreRepeatable() {
    double[] values = normal(40, 1);
    assertEquals(Bootstrap.of(5).mean(values), Bootstrap.of(5).mean(values));
    Interval flat = Bootstrap.of(1).mean(new double[] {0.25, 0.25, 0.25});
    assertEquals(new Interval(0.25, 0.25, 0.25, 0.95, 3), flat);
    Interval one = Bootstrap.of(1).mean(new double[] {0.25});
    assertEquals(new Interval(0.25, Double.NaN, Double.NaN, 0.95, 1), one);
    assertTrue(flat.hasEnds() && !one.hasEnds(), "one example has no interval");
    assertThrows(IllegalArgumentException.class, () -> Bootstrap.of(1).mean(new double[0]));
    assertThrows(
        IllegalArgumentException.class, () -> Bootstrap.of(1).mean(new double[] {Double.NaN}));
  }

  /**
   * On many values of a normal distribution the interval is that of its standard error. 2,000
   * values and 10,000 resamples leave about 2 % of its width to chance.
   */
  @Test
  void intervalsOfManyValuesAreThoseOfTheStandardError() {
    double[] values = normal(2000, 2);
    double mean = 0;
    double squares = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double error = Math.sqrt(squares) / values.length;
    Interval interval = Bootstrap.of(3).mean(values);
    assertEquals(mean, interval.mean(), 1e-12);
    assertEquals(mean - 1.96 * error, interval.low(), 0.2 * error);
    assertEquals(mean + 1.96 * error, interval.high(), 0.2 * error);
  }

  /** The mean of few skewed values: BCa reaches further to the long side than to the short one. */
  @Test
  void intervalsLeanToTheLongTail() {
    Random random = new Random(4);
    double[] values = new double[25];
    for (int i = 0; i < values.length; i++) {
      values[i] = -Math.log(1 - random.nextDouble());
    }
    Interval interval = Bootstrap.of(6).mean(values);
    assertTrue(interval.high() - interval.mean() > 1.1 * (interval.mean() - interval.low()));
  }

  /** Coverage of the mean 1 of an exponential distribution, 25 values each, 95 % asked for. */
  @Test
  void intervalsCoverTheTruth() {
    Random random = new Random(7);
    int covered = 0;
    int trials = 400;
    for (int trial = 0; trial < trials; trial++) {
      double[] values = new double[25];
      for (int i = 0; i < values.length; i++) {
        values[i] = -Math.log(1 - random.nextDouble());
      }
      Interval interval = new Bootstrap(1000, 0.95, trial).mean(values);
      covered += interval.low() <= 1 && interval.high() >= 1 ? 1 : 0;
    }
    // BCa is known to cover about 92 % here; four standard deviations of 400 trials are 5 %.
    assertTrue(covered > 0.87 * trials && covered < 0.98 * trials, covered + " of " + trials);
  }

  /** Three differences of one sign: two of the eight patterns are as extreme. */
  @Test
  void fewPairsAreCounted() {
    PairedPermutation test = PairedPermutation.of(1);
    assertEquals(0.25, test.test(new double[] {1, 2, 3}, new double[3]), 0);
    assertEquals(1, test.test(new double[] {1, 2, 3}, new double[] {1, 2, 3}), 0);
    // 1 + 2 − 3 = 0: every pattern is as extreme.
    assertEquals(1, test.test(new double[] {1, 2, 0}, new double[] {0, 0, 3}), 0);
    // Sums of ±1 ±2 ±4 with magnitude at least 5: ±7, ±5.
    assertEquals(0.5, test.test(new double[] {-1, 2, 4}, new double[3]), 0);
  }

  /** The normal approximation of a sum of many random signs. */
  @Test
  void manyPairsAreSampled() {
    int n = 400;
    double[] left = new double[n];
    for (int i = 0; i < n; i++) {
      left[i] = i % 20 < 11 ? 1 : -1;
    }
    double p = PairedPermutation.of(2).test(left, new double[n]);
    // The sum is 40 = 2 standard deviations of 20; lattice: |S| ≥ 40, corrected to 39.
    assertEquals(2 * Normal.cumulative(-39.0 / 20), p, 0.01);
    assertEquals(p, PairedPermutation.of(2).test(left, new double[n]), 0);
    assertEquals(p, PairedPermutation.of(2).test(new double[n], left), 0);
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    assertEquals(1.0 / 10_001, PairedPermutation.of(2).test(ones, new double[n]), 0);
  }

  /** The example of Holm's procedure: 4 · 0.005, 3 · 0.01, then kept from falling. */
  @Test
  void correctionsOfSeveralTests() {
    assertArrayEquals(
        new double[] {0.03, 0.06, 0.06, 0.02},
        Holm.adjust(new double[] {0.01, 0.04, 0.03, 0.005}),
        1e-15);
    assertArrayEquals(new double[] {1, 1}, Holm.adjust(new double[] {0.7, 0.9}), 0);
  }

  @Test
  void comparesWhatBothSamplesHave() {
    Sample left = sample("aopc@1", "m", "d", Map.of("a", 0.5, "b", 0.7, "c", 0.9));
    Sample right = sample("aopc@1", "m", "d", Map.of("b", 0.6, "c", 0.6, "d", 0.1));
    PairedComparison comparison =
        PairedComparison.of(left, right, Bootstrap.of(1), PairedPermutation.of(1));
    assertEquals(0.2, comparison.difference().mean(), 1e-15);
    assertEquals(2, comparison.difference().count());
    assertEquals(1, comparison.leftOnly());
    assertEquals(1, comparison.rightOnly());
    assertEquals(0.5, comparison.p(), 0);
  }

  @Test
  void refusesWhatMeansNothing() {
    Sample sample = sample("aopc@1", "m", "d", Map.of("a", 0.5));
    refuse(sample, sample("aopc@1", "m", "e", Map.of("a", 0.5)), "data");
    refuse(sample, sample("aopc@1", "n", "d", Map.of("a", 0.5)), "naopc");
    refuse(sample, sample("aopc@2", "m", "d", Map.of("a", 0.5)), "metrics");
    refuse(sample, new Sample("aopc@1", "delete", false, "m", "d", Map.of("a", 0.5)), "settings");
    Sample naopc = new Sample("naopc@1", "mask", true, "m", "d", Map.of("a", 0.5));
    PairedComparison.check(naopc, new Sample("naopc@1", "mask", true, "n", "d", Map.of("a", 0.5)));
  }

  private static void refuse(Sample left, Sample right, String word) {
    String message =
        assertThrows(UnusableInputException.class, () -> PairedComparison.check(left, right))
            .getMessage();
    assertTrue(String.valueOf(message).contains(word), message);
  }

  private static Sample sample(
      String metric, String model, String data, Map<String, Double> values) {
    Map<String, Double> sorted = new LinkedHashMap<>(new TreeMap<>(values));
    return new Sample(metric, "mask", false, model, data, sorted);
  }

  private static double[] normal(int count, long seed) {
    Random random = new Random(seed);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }
}
