package org.attentionflow.evaluation.report;

import java.math.BigDecimal;
import java.util.stream.IntStream;

/**
 * Round numbers on an axis: multiples of 1, 2 or 5 times a power of ten.
 *
 * @param step the distance of two of them
 * @param from the first one, in steps
 * @param to the last one, in steps
 */
record Ticks(BigDecimal step, long from, long to) {
  /** Between so many intervals and two and a half times as many. */
  private static final int LEAST_INTERVALS = 3;

  /**
   * The ticks inside a range.
   *
   * @param least the least number shown
   * @param most the greatest, larger than the least; both finite
   */
  static Ticks inside(double least, double most) {
    BigDecimal step = step(least, most);
    return new Ticks(
        step,
        (long) Math.ceil(least / step.doubleValue() - 1e-9),
        (long) Math.floor(most / step.doubleValue() + 1e-9));
  }

  /** The ticks that enclose a range. */
  static Ticks around(double least, double most) {
    BigDecimal step = step(least, most);
    return new Ticks(
        step,
        (long) Math.floor(least / step.doubleValue() + 1e-9),
        (long) Math.ceil(most / step.doubleValue() - 1e-9));
  }

  /** The largest of 1, 2, 5 · 10ⁿ that leaves enough intervals. */
  private static BigDecimal step(double least, double most) {
    double largest = (most - least) / LEAST_INTERVALS;
    int exponent = (int) Math.floor(Math.log10(largest));
    double lead = largest / Math.pow(10, exponent);
    int digit = lead >= 5 ? 5 : lead >= 2 ? 2 : 1;
    return BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent);
  }

  /** The numbers, ascending. */
  BigDecimal[] values() {
    return IntStream.rangeClosed(0, Math.toIntExact(to - from))
        .mapToObj(i -> step.multiply(BigDecimal.valueOf(from + i)))
        .toArray(BigDecimal[]::new);
  }
}
