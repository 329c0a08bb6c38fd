package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RankAgreementTest {
  @Test
  void isKendallsTauB() {
    double[] rising = {1, 2, 3, 4};
    assertEquals(1, RankAgreement.of(rising, new double[] {10, 20, 30, 31}));
    assertEquals(-1, RankAgreement.of(rising, new double[] {4, 3, 2, 1}));
    // Five of six pairs agree.
    assertEquals(4.0 / 6, RankAgreement.of(rising, new double[] {1, 2, 4, 3}), 1e-15);
    // One tie in one list: 5 / sqrt(6 * 5).
    assertEquals(
        5 / Math.sqrt(30), RankAgreement.of(rising, new double[] {1, 2, 3, 3 + 1e-12}), 1e-15);
    assertEquals(1, RankAgreement.of(new double[] {1, 1, 2}, new double[] {5, 5, 7}), 1e-15);
    assertEquals(Double.NaN, RankAgreement.of(rising, new double[4]));
    assertEquals(Double.NaN, RankAgreement.of(new double[] {1}, new double[] {2}));
  }
}
