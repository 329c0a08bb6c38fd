package org.attentionflow.pipeline;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.attentionflow.failure.InsufficientMemoryException;
import org.junit.jupiter.api.Test;

/** What a forecast refuses, and what it proposes instead. */
class MemoryForecastTest {
  private static final long PLENTY = 1L << 40;
  private static final MemoryForecast WIDE = new MemoryForecast(1_000, 64_000, 500);
  private static final MemoryForecast NARROW = new MemoryForecast(1_000, 52_000, 500);

  @Test
  void whatFitsIsNotRefused() {
    assertDoesNotThrow(() -> WIDE.check(9, 2, NARROW, 128_500, PLENTY));
    assertDoesNotThrow(() -> WIDE.check(9, 2, NARROW, PLENTY, 130_500));
  }

  @Test
  void capacitiesOf32BitsAreProposedWhereTheyFit() {
    String cure = "Maybe network.precision=float, ";
    assertTrue(refusal(WIDE, 128_499, PLENTY).contains(cure + "-Xmx"));
    assertTrue(refusal(WIDE, 104_500, PLENTY).contains(cure));
    assertTrue(refusal(WIDE, PLENTY, 106_500).contains(cure + "fewer workers"));
  }

  @Test
  void theyAreNotProposedWhereTheyDoNotHelp() {
    assertFalse(refusal(WIDE, 104_499, PLENTY).contains("precision"));
    assertFalse(refusal(WIDE, PLENTY, 106_499).contains("precision"));
    assertFalse(refusal(NARROW, 104_499, PLENTY).contains("precision"));
  }

  private static String refusal(MemoryForecast forecast, long heap, long machine) {
    return String.valueOf(
        assertThrows(
                InsufficientMemoryException.class,
                () -> forecast.check(9, 2, NARROW, heap, machine))
            .getMessage());
  }
}
