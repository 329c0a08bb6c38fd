package org.attentionflow.evaluation.metric;

/** How a share q of N features becomes a count k. */
public enum Rounding {
  /** ⌈qN⌉. The default. */
  CEILING,
  /** ⌊qN⌋. */
  FLOOR,
  /** The nearest integer, halves away from zero. */
  HALF_UP,
  /** The nearest integer, halves to the even one, as Python and NumPy round. */
  HALF_EVEN;

  /** How far q·N may miss an integer by rounding alone, relative to it. */
  private static final double SLACK = 1e-9;

  /** The count for a share, between 0 and {@code size}. */
  public int count(double share, int size) {
    double exact = share * size;
    // 0.1 · 30 is 3.0000000000000004: a product that is an integer but for rounding is one.
    double near = Math.rint(exact);
    if (Math.abs(exact - near) <= SLACK * Math.max(1, near)) {
      exact = near;
    }
    double rounded =
        switch (this) {
          case CEILING -> Math.ceil(exact);
          case FLOOR -> Math.floor(exact);
          case HALF_UP -> Math.floor(exact + 0.5);
          case HALF_EVEN -> Math.rint(exact);
        };
    return (int) Math.max(0, Math.min(size, rounded));
  }
}
