package org.attentionflow.tensor;

/**
 * What elements x ≥ 0 lost when they were rounded to 32 bits. The sum of any of them changes by at
 * most {@code relative} times the sum, plus {@code absolute}.
 *
 * @param relative the largest |x̃ − x| / x of an element x that is at least the smallest normal
 *     number of 32 bits, 2^−126; at most 2^−24 for one rounding
 * @param absolute the sum of |x̃ − x| over the elements below it, which lose digits or become 0
 */
public record Rounding(double relative, double absolute) {
  /** Nothing was rounded. */
  public static final Rounding NONE = new Rounding(0, 0);

  /** That of two groups of elements together. */
  public Rounding and(Rounding other) {
    return new Rounding(Math.max(relative, other.relative), absolute + other.absolute);
  }
}
