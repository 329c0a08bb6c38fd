package org.attentionflow.formats.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerFitTest {
  private static final double[] ARCS = {200e3, 800e3, 3.2e6, 12.6e6, 50e6};

  @ParameterizedTest
  @CsvSource({
    "0.95, 1, 12.7062047362",
    "0.95, 2, 4.30265272991",
    "0.95, 5, 2.57058183564",
    "0.95, 10, 2.22813885196",
    "0.95, 30, 2.04227245630",
    "0.5, 3, 0.764892328404",
    "0.99, 7, 3.49948329735"
  })
  void quantilesAreThoseOfTheTables(double probability, int degrees, double t) {
    // The tables give 12 digits.
    assertEquals(t, StudentT.quantile(probability, degrees), 1e-10 * t);
  }

  @Test
  void oneDegreeOfFreedomIsTheCauchyDistribution() {
    for (double t = 0.01; t < 1000; t *= 3) {
      assertEquals(2 / Math.PI * Math.atan(t), StudentT.within(t, 1), 1e-13);
    }
  }

  @Test
  void aPowerLawIsFoundExactly() {
    double[] seconds = new double[ARCS.length];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = 3e-8 * Math.pow(ARCS[i], 1.07);
    }
    PowerFit fit = PowerFit.of(ARCS, seconds);
    assertEquals(1.07, fit.exponent(), 1e-12);
    assertEquals(3e-8, fit.factor(), 1e-18);
    // Residuals are roundings of logarithms of size 10: 1e-15, times t of about 3.
    assertEquals(0, fit.high() - fit.low(), 1e-13);
  }

  /** The interval has to hold the true exponent 95 times in 100, whatever the noise. */
  @Test
  void theIntervalCovers() {
    int trials = 4000;
    Random random = new Random(11);
    int covered = 0;
    for (int trial = 0; trial < trials; trial++) {
      double[] seconds = new double[ARCS.length];
      for (int i = 0; i < seconds.length; i++) {
        seconds[i] = 1e-8 * ARCS[i] * Math.exp(0.2 * random.nextGaussian());
      }
      PowerFit fit = PowerFit.of(ARCS, seconds);
      covered += fit.low() <= 1 && 1 <= fit.high() ? 1 : 0;
    }
    double deviation = Math.sqrt(0.95 * 0.05 / trials);
    assertEquals(0.95, (double) covered / trials, 4 * deviation);
  }

  @Test
  void twoPointsAreNotEnough() {
    double[] two = {1, 2};
    assertThrows(IllegalArgumentException.class, () -> PowerFit.of(two, two));
    double[] same = {2, 2, 2};
    assertThrows(IllegalArgumentException.class, () -> PowerFit.of(same, new double[] {1, 2, 3}));
    assertTrue(PowerFit.of(new double[] {1, 2, 4}, new double[] {1, 3, 4}).low() < 1);
  }
}
