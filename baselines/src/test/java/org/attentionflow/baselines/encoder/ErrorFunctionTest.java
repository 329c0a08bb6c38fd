package org.attentionflow.baselines.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The error function against tables and against its integral. */
class ErrorFunctionTest {
  /** Abramowitz and Stegun, Table 7.1, and higher arguments by its (7.1.23). */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.5, 0.5204998778130465",
    "1, 0.8427007929497149",
    "2, 0.9953222650189527",
    "3, 0.9999779095030014",
    "4, 0.9999999845827421",
    "-1, -0.8427007929497149",
    "9, 1"
  })
  void agreesWithTables(double x, double expected) {
    assertEquals(expected, ErrorFunction.of(x), 4e-16);
  }

  /** Simpson's rule with 2000 intervals has an error below 1e-13 here. */
  @Test
  void isTheIntegralOfTheBellCurve() {
    for (double x = 0.1; x < 5.5; x += 0.173) {
      int intervals = 2000;
      double sum = 0;
      for (int i = 0; i <= intervals; i++) {
        double at = x * i / intervals;
        double weight = i == 0 || i == intervals ? 1 : i % 2 == 1 ? 4 : 2;
        sum += weight * Math.exp(-at * at);
      }
      double integral = 2 / Math.sqrt(Math.PI) * sum * x / intervals / 3;
      assertEquals(integral, ErrorFunction.of(x), 1e-12, "x = " + x);
    }
  }
}
