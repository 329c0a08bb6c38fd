package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static final WarmUp THREE_SECONDS = new WarmUp(3);

  @Test
  void smallNetworksAreSolvedForSeconds() {
    assertTrue(THREE_SECONDS.isNeeded(10_000, 2.9));
    assertFalse(THREE_SECONDS.isNeeded(10_000, 3.1));
  }

  @Test
  void largerOnesAreSolvedOftenEnoughOrForSoLong() {
    assertTrue(THREE_SECONDS.isNeeded(20, 5));
    assertFalse(THREE_SECONDS.isNeeded(30, 5));
    assertFalse(THREE_SECONDS.isNeeded(12, 9.1));
  }

  @Test
  void theLargestAreSolvedTwice() {
    assertTrue(THREE_SECONDS.isNeeded(1, 100));
    assertFalse(THREE_SECONDS.isNeeded(2, 100));
  }

  @Test
  void noSecondsAreNoWarmUpAndFewAreTwoRuns() {
    AtomicInteger calls = new AtomicInteger();
    new WarmUp(0).run(calls::incrementAndGet);
    assertEquals(0, calls.get());
    new WarmUp(1e-9).run(calls::incrementAndGet);
    assertEquals(2, calls.get());
  }
}
