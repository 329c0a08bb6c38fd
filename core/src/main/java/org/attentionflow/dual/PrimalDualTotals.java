package org.attentionflow.dual;

/**
 * Sums and extremes over arcs, of a sweep of a primal–dual method; those that a sweep does not
 * compute are neutral. Letters as in {@link PrimalDualLoops}.
 *
 * @param product Σ f l + s q
 * @param most the largest f l or s q
 * @param least the smallest f l or s q
 * @param primalRatio the largest part of its distance to a bound that a flow's full step covers
 * @param dualRatio the largest part of itself that a price loses in the full step
 */
public record PrimalDualTotals(
    double product, double most, double least, double primalRatio, double dualRatio) {
  /** Those of no arcs. */
  public static final PrimalDualTotals NONE =
      new PrimalDualTotals(0, 0, Double.POSITIVE_INFINITY, 0, 0);

  /** Together with those of other arcs; not a number where either is not. */
  public PrimalDualTotals and(PrimalDualTotals other) {
    return new PrimalDualTotals(
        product + other.product,
        Math.max(most, other.most),
        Math.min(least, other.least),
        Math.max(primalRatio, other.primalRatio),
        Math.max(dualRatio, other.dualRatio));
  }

  /** The largest |f l / μ − 1| or |s q / μ − 1|. */
  public double deviation(double mu) {
    return Math.max(most / mu - 1, 1 - least / mu);
  }
}
