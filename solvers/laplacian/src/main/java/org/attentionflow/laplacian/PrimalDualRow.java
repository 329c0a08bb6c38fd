package org.attentionflow.laplacian;

import java.util.Arrays;

/**
 * The sweeps of {@link PrimalDual} over a strip of one row of arcs, with the buffers of one thread.
 * Letters as there, prices times the capacity u and divided by μ: φ part of the capacity used, σ =
 * 1 − φ, a = r u / μ, w = φ σ, and
 *
 * <pre>
 *   B = (|a| w + √(a² w² + 4 w)) / 2        L = max(a, 0) + 1/B      Q = max(−a, 0) + 1/B
 *   k = 1 / (L σ + Q φ)                     c = u² k w / μ
 * </pre>
 *
 * so that L − Q = a and L φ · Q σ = 1. An arc of capacity 0 stays at φ = ½ and takes part in
 * nothing. Sums and maxima are kept per column and joined at the end of a chunk, which keeps the
 * loops free of reductions, so that they vectorise.
 *
 * <p>All of it is 32-bit arithmetic, as φ itself is: twice the numbers in a vector, and a strip of
 * all buffers fits in the nearest cache. In units of μ no square leaves the range of 32 bits before
 * μ is 1e-18 of the largest capacity. Differences of potentials are taken of two parts, the nearest
 * 32-bit number and the rest, and so keep their relative accuracy where potentials nearly agree.
 */
final class PrimalDualRow {
  /** Arcs at a time, at most. */
  static final int STRIP = 512;

  final float[] capacity = new float[STRIP];
  final float[] cost = new float[STRIP];
  final float[] part = new float[STRIP];
  final float[] change = new float[STRIP];
  final float[] secondChange = new float[STRIP];
  final float[] conductance = new float[STRIP];
  final float[] first = new float[STRIP];
  final float[] second = new float[STRIP];
  final StripDifferences costs = new StripDifferences(STRIP);
  final StripDifferences changes = new StripDifferences(STRIP);
  final StripDifferences secondChanges = new StripDifferences(STRIP);

  private final float[] weight = new float[STRIP];
  private final float[] small = new float[STRIP];
  private final float[] lower = new float[STRIP];
  private final float[] upper = new float[STRIP];
  private final float[] inverse = new float[STRIP];
  private final float[] reduced = new float[STRIP];
  private final float[] perFlow = new float[STRIP];
  private final float[] perSlack = new float[STRIP];
  private final float[] step = new float[STRIP];
  private final float[] lowerStep = new float[STRIP];
  private final float[] upperStep = new float[STRIP];

  private final float[] gap = new float[STRIP];
  private final float[] byPrimal = new float[STRIP];
  private final float[] byDual = new float[STRIP];
  private final float[] byBoth = new float[STRIP];
  private final float[] primalRatio = new float[STRIP];
  private final float[] dualRatio = new float[STRIP];

  /** Forgets the sums and maxima of the chunk before. */
  void clear() {
    for (float[] columns : new float[][] {gap, byPrimal, byDual, byBoth, primalRatio, dualRatio}) {
      Arrays.fill(columns, 0);
    }
  }

  /**
   * Prices from φ and r: a, w, L, Q and k. Loops are kept short here and below: the compiler leaves
   * a long one as it is, which takes several times as long as the vector instructions of short
   * ones.
   */
  private void prices(int width) {
    for (int j = 0; j < width; j++) {
      reduced[j] = cost[j] * capacity[j];
      weight[j] = part[j] * (1 - part[j]);
    }
    for (int j = 0; j < width; j++) {
      float aw = reduced[j] * weight[j];
      small[j] = 2 / (Math.abs(aw) + (float) Math.sqrt(aw * aw + 4 * weight[j]));
    }
    for (int j = 0; j < width; j++) {
      lower[j] = 0.5f * (Math.abs(reduced[j]) + reduced[j]) + small[j];
      upper[j] = 0.5f * (Math.abs(reduced[j]) - reduced[j]) + small[j];
    }
    for (int j = 0; j < width; j++) {
      inverse[j] = 1 / (lower[j] + (upper[j] - lower[j]) * part[j]);
    }
  }

  /**
   * c, the flows u φ − c r + μ' k u (1 − 2 φ), and the last term alone for μ' = μ; and adds L φ + Q
   * σ.
   *
   * @param aim the wanted μ' as a part of μ
   * @param perMu 1/μ
   */
  void assemble(int width, float aim, float perMu) {
    prices(width);
    for (int j = 0; j < width; j++) {
      small[j] = capacity[j] * inverse[j];
      second[j] = small[j] * (1 - 2 * part[j]);
    }
    for (int j = 0; j < width; j++) {
      float flow = small[j] * weight[j];
      conductance[j] = perMu * capacity[j] * flow;
      first[j] = capacity[j] * part[j] - flow * reduced[j] + aim * second[j];
    }
    for (int j = 0; j < width; j++) {
      gap[j] += upper[j] + (lower[j] - upper[j]) * part[j];
    }
  }

  /** The predictor's step: Δφ, ΔL and ΔQ; also 1/φ and 1/σ. */
  private void predictor(int width, float aim) {
    for (int j = 0; j < width; j++) {
      float all = (reduced[j] + change[j] * capacity[j]) * weight[j];
      step[j] = inverse[j] * (aim * (1 - 2 * part[j]) - all);
    }
    for (int j = 0; j < width; j++) {
      float reciprocal = 1 / weight[j];
      perFlow[j] = (1 - part[j]) * reciprocal;
      perSlack[j] = part[j] * reciprocal;
    }
    for (int j = 0; j < width; j++) {
      lowerStep[j] = (aim - lower[j] * step[j]) * perFlow[j] - lower[j];
    }
    for (int j = 0; j < width; j++) {
      upperStep[j] = (aim + upper[j] * step[j]) * perSlack[j] - upper[j];
    }
  }

  /** The predictor's step: ratios to the bounds, sums of products, and what is to be fed back. */
  void predict(int width, float aim) {
    prices(width);
    predictor(width, aim);
    for (int j = 0; j < width; j++) {
      float back = lowerStep[j] + (upperStep[j] - lowerStep[j]) * part[j];
      first[j] = -capacity[j] * inverse[j] * step[j] * back;
    }
    for (int j = 0; j < width; j++) {
      byDual[j] += upperStep[j] + (lowerStep[j] - upperStep[j]) * part[j];
    }
    for (int j = 0; j < width; j++) {
      byPrimal[j] += step[j] * reduced[j];
      byBoth[j] += step[j] * (lowerStep[j] - upperStep[j]);
    }
    Arrays.fill(lowerStep, 0, width, aim);
    Arrays.fill(upperStep, 0, width, aim);
    ratios(width);
  }

  /** Aims at the given part of μ, corrected by the products of the predictor's changes. */
  private void corrector(int width, float nextAim, float feedback) {
    for (int j = 0; j < width; j++) {
      lowerStep[j] = nextAim - feedback * step[j] * lowerStep[j];
      upperStep[j] = nextAim + feedback * step[j] * upperStep[j];
    }
    for (int j = 0; j < width; j++) {
      small[j] = (reduced[j] + secondChange[j] * capacity[j]) * weight[j];
    }
    for (int j = 0; j < width; j++) {
      float aim = lowerStep[j] - (lowerStep[j] + upperStep[j]) * part[j];
      step[j] = inverse[j] * (aim - small[j]);
    }
  }

  /** The corrected step: its ratios to the bounds. */
  void measure(int width, float aim, float nextAim, float feedback) {
    prices(width);
    predictor(width, aim);
    corrector(width, nextAim, feedback);
    ratios(width);
  }

  /** The corrected step: φ moves by the given length of it, and stays inside. */
  void move(int width, float aim, float nextAim, float feedback, float length, float margin) {
    prices(width);
    predictor(width, aim);
    corrector(width, nextAim, feedback);
    for (int j = 0; j < width; j++) {
      part[j] = part[j] + length * step[j];
    }
    for (int j = 0; j < width; j++) {
      part[j] = Math.min(1 - margin, part[j]);
    }
    for (int j = 0; j < width; j++) {
      part[j] = Math.max(margin, part[j]);
    }
  }

  /** The step's ratios to the bounds; the products it aims at stand in the steps of the prices. */
  private void ratios(int width) {
    // The products at the bounds multiply to 1: one is the inverse of the other.
    for (int j = 0; j < width; j++) {
      small[j] = upperStep[j] * lower[j] * part[j];
    }
    for (int j = 0; j < width; j++) {
      lowerStep[j] = 1 + step[j] * perFlow[j] - lowerStep[j] * upper[j] * (1 - part[j]);
    }
    for (int j = 0; j < width; j++) {
      upperStep[j] = 1 - step[j] * perSlack[j] - small[j];
    }
    max(lowerStep, upperStep, width, small);
    max(dualRatio, small, width, dualRatio);
    for (int j = 0; j < width; j++) {
      lowerStep[j] = -step[j] * perFlow[j];
      upperStep[j] = step[j] * perSlack[j];
    }
    max(lowerStep, upperStep, width, small);
    max(primalRatio, small, width, primalRatio);
  }

  /** A maximum is half the sum plus half the distance; {@link Math#max} is slower. */
  private static void max(float[] a, float[] b, int width, float[] into) {
    for (int j = 0; j < width; j++) {
      into[j] = 0.5f * (a[j] + b[j] + Math.abs(a[j] - b[j]));
    }
  }

  /** The sums and maxima since they were cleared. */
  Measures measures() {
    return new Measures(
        sum(gap),
        sum(byPrimal),
        sum(byDual),
        sum(byBoth),
        largest(primalRatio),
        largest(dualRatio));
  }

  private static double sum(float[] columns) {
    double sum = 0;
    for (float column : columns) {
      sum += column;
    }
    return sum;
  }

  private static double largest(float[] columns) {
    double largest = 0;
    for (float column : columns) {
      largest = Math.max(largest, column);
    }
    return largest;
  }

  /**
   * What is measured over arcs.
   *
   * @param gap the sum of the products f l and s q, in units of μ like the next three
   * @param byPrimal its derivative in the length of the primal step
   * @param byDual its derivative in the length of the dual step
   * @param byBoth its mixed derivative
   * @param primalRatio how much of the way to a bound a full primal step goes, at most
   * @param dualRatio how much of a price a full dual step takes away, at most
   */
  record Measures(
      double gap,
      double byPrimal,
      double byDual,
      double byBoth,
      double primalRatio,
      double dualRatio) {
    static final Measures NONE = new Measures(0, 0, 0, 0, 0, 0);

    Measures and(Measures other) {
      return new Measures(
          gap + other.gap,
          byPrimal + other.byPrimal,
          byDual + other.byDual,
          byBoth + other.byBoth,
          Math.max(primalRatio, other.primalRatio),
          Math.max(dualRatio, other.dualRatio));
    }
  }
}
