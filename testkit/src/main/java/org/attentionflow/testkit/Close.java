package org.attentionflow.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Compares arrays element by element: |a − b| ≤ absolute + relative · |b|. */
public final class Close {
  private Close() {}

  /**
   * Checks that arrays are equally long and close in every element.
   *
   * @param what what a failure calls them
   */
  public static void assertClose(
      String what, float[] expected, float[] actual, double absolute, double relative) {
    assertEquals(expected.length, actual.length, what);
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs((double) actual[i] - expected[i]);
      assertTrue(
          difference <= absolute + relative * Math.abs(expected[i]),
          what + "[" + i + "]: " + actual[i] + " instead of " + expected[i]);
    }
  }

  /** The largest absolute difference. */
  public static double largestDifference(float[] left, float[] right) {
    double largest = 0;
    for (int i = 0; i < left.length; i++) {
      largest = Math.max(largest, Math.abs((double) left[i] - right[i]));
    }
    return largest;
  }
}
