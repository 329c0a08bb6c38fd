package org.attentionflow.laplacian;

import java.util.Arrays;
import org.attentionflow.dual.Sums;

/**
 * The sweeps of {@link PrimalDual} over one row of arcs, with the buffers of one thread. Letters as
 * there, all prices times the capacity u: φ part of the capacity used, σ = 1 − φ, a = r u, w = φ σ,
 * and
 *
 * <pre>
 *   B = (|a| w + √(a² w² + 4 μ² w)) / 2     L = max(a, 0) + μ²/B     Q = max(−a, 0) + μ²/B
 *   k = 1 / (L σ + Q φ)                     c = u² k w
 * </pre>
 *
 * so that L − Q = a and L φ · Q σ = μ². An arc of capacity 0 stays at φ = ½ and takes part in
 * nothing. Sums and maxima are kept per column and joined at the end of a chunk, which keeps the
 * loops free of reductions, so that they vectorise.
 */
final class PrimalDualRow {
  final double[] capacity;
  final double[] cost;
  final double[] part;
  final double[] change;
  final double[] secondChange;
  final double[] conductance;
  final double[] first;
  final double[] second;

  private final double[] weight;
  private final double[] small;
  private final double[] lower;
  private final double[] upper;
  private final double[] inverse;
  private final double[] reduced;
  private final double[] perFlow;
  private final double[] perSlack;
  private final double[] step;
  private final double[] lowerStep;
  private final double[] upperStep;

  private final double[] gap;
  private final double[] byPrimal;
  private final double[] byDual;
  private final double[] byBoth;
  private final double[] primalRatio;
  private final double[] dualRatio;

  PrimalDualRow(int width) {
    capacity = new double[width];
    cost = new double[width];
    part = new double[width];
    change = new double[width];
    secondChange = new double[width];
    conductance = new double[width];
    first = new double[width];
    second = new double[width];
    weight = new double[width];
    small = new double[width];
    lower = new double[width];
    upper = new double[width];
    inverse = new double[width];
    reduced = new double[width];
    perFlow = new double[width];
    perSlack = new double[width];
    step = new double[width];
    lowerStep = new double[width];
    upperStep = new double[width];
    gap = new double[width];
    byPrimal = new double[width];
    byDual = new double[width];
    byBoth = new double[width];
    primalRatio = new double[width];
    dualRatio = new double[width];
  }

  /** Forgets the sums and maxima of the chunk before. */
  void clear() {
    for (double[] columns :
        new double[][] {gap, byPrimal, byDual, byBoth, primalRatio, dualRatio}) {
      Arrays.fill(columns, 0);
    }
  }

  /** Takes a row of φ. */
  void load(float[] parts, int width) {
    for (int j = 0; j < width; j++) {
      part[j] = parts[j];
    }
  }

  /**
   * Prices from φ and r: a, w, L, Q and k. Loops are kept short here and below: the compiler leaves
   * a long one as it is, which takes several times as long as the vector instructions of short
   * ones.
   */
  private void prices(int width, double mu) {
    double square = mu * mu;
    for (int j = 0; j < width; j++) {
      reduced[j] = cost[j] * capacity[j];
      weight[j] = part[j] * (1 - part[j]);
    }
    for (int j = 0; j < width; j++) {
      double aw = reduced[j] * weight[j];
      small[j] = 2 * square / (Math.abs(aw) + Math.sqrt(aw * aw + 4 * square * weight[j]));
    }
    for (int j = 0; j < width; j++) {
      lower[j] = 0.5 * (Math.abs(reduced[j]) + reduced[j]) + small[j];
      upper[j] = 0.5 * (Math.abs(reduced[j]) - reduced[j]) + small[j];
    }
    for (int j = 0; j < width; j++) {
      inverse[j] = 1 / (lower[j] + (upper[j] - lower[j]) * part[j]);
    }
  }

  /** c, the flows u φ − c r + μ' u c (1/φ − 1/σ)/u, the last term alone, and L φ + Q σ. */
  void assemble(int width, double mu, double targetMu) {
    prices(width, mu);
    for (int j = 0; j < width; j++) {
      small[j] = capacity[j] * inverse[j];
      second[j] = small[j] * (1 - 2 * part[j]);
    }
    for (int j = 0; j < width; j++) {
      double flow = small[j] * weight[j];
      conductance[j] = capacity[j] * flow;
      first[j] = capacity[j] * part[j] - flow * reduced[j] + targetMu * second[j];
    }
    for (int j = 0; j < width; j++) {
      gap[j] += upper[j] + (lower[j] - upper[j]) * part[j];
    }
  }

  /** The predictor's step: Δφ, ΔL and ΔQ; also 1/φ and 1/σ. */
  private void predictor(int width, double targetMu) {
    for (int j = 0; j < width; j++) {
      double all = (reduced[j] + change[j] * capacity[j]) * weight[j];
      step[j] = inverse[j] * (targetMu * (1 - 2 * part[j]) - all);
    }
    for (int j = 0; j < width; j++) {
      double reciprocal = 1 / weight[j];
      perFlow[j] = (1 - part[j]) * reciprocal;
      perSlack[j] = part[j] * reciprocal;
    }
    for (int j = 0; j < width; j++) {
      lowerStep[j] = (targetMu - lower[j] * step[j]) * perFlow[j] - lower[j];
    }
    for (int j = 0; j < width; j++) {
      upperStep[j] = (targetMu + upper[j] * step[j]) * perSlack[j] - upper[j];
    }
  }

  /** The predictor's step: ratios to the bounds, sums of products, and what is to be fed back. */
  void predict(int width, double mu, double targetMu) {
    prices(width, mu);
    predictor(width, targetMu);
    for (int j = 0; j < width; j++) {
      double back = lowerStep[j] + (upperStep[j] - lowerStep[j]) * part[j];
      first[j] = -capacity[j] * inverse[j] * step[j] * back;
    }
    for (int j = 0; j < width; j++) {
      byDual[j] += upperStep[j] + (lowerStep[j] - upperStep[j]) * part[j];
    }
    for (int j = 0; j < width; j++) {
      byPrimal[j] += step[j] * reduced[j];
      byBoth[j] += step[j] * (lowerStep[j] - upperStep[j]);
    }
    Arrays.fill(lowerStep, 0, width, targetMu);
    Arrays.fill(upperStep, 0, width, targetMu);
    ratios(width, mu);
  }

  /** The corrected step: ratios to the bounds; {@link #part} moves by the given length of it. */
  void correct(
      int width, double mu, double targetMu, double nextMu, double feedback, double length) {
    prices(width, mu);
    predictor(width, targetMu);
    for (int j = 0; j < width; j++) {
      lowerStep[j] = nextMu - feedback * step[j] * lowerStep[j];
      upperStep[j] = nextMu + feedback * step[j] * upperStep[j];
    }
    for (int j = 0; j < width; j++) {
      small[j] = (reduced[j] + secondChange[j] * capacity[j]) * weight[j];
    }
    for (int j = 0; j < width; j++) {
      double aim = lowerStep[j] - (lowerStep[j] + upperStep[j]) * part[j];
      step[j] = inverse[j] * (aim - small[j]);
    }
    if (length > 0) {
      for (int j = 0; j < width; j++) {
        part[j] = part[j] + length * step[j];
      }
    } else {
      ratios(width, mu);
    }
  }

  /**
   * The step's ratios to the bounds; the products it aims at stand in the steps of the prices. A
   * maximum is half the sum plus half the distance.
   */
  private void ratios(int width, double mu) {
    // The products at the bounds multiply to μ²: one is μ² over the other.
    double perSquare = 1 / (mu * mu);
    for (int j = 0; j < width; j++) {
      small[j] = perSquare * upperStep[j] * lower[j] * part[j];
    }
    for (int j = 0; j < width; j++) {
      lowerStep[j] = 1 + step[j] * perFlow[j] - perSquare * lowerStep[j] * upper[j] * (1 - part[j]);
    }
    for (int j = 0; j < width; j++) {
      upperStep[j] = 1 - step[j] * perSlack[j] - small[j];
    }
    for (int j = 0; j < width; j++) {
      double both = 0.5 * (lowerStep[j] + upperStep[j] + Math.abs(lowerStep[j] - upperStep[j]));
      dualRatio[j] = 0.5 * (dualRatio[j] + both + Math.abs(dualRatio[j] - both));
    }
    for (int j = 0; j < width; j++) {
      double both = step[j] * (perSlack[j] - perFlow[j]);
      double ratio = 0.5 * (both + Math.abs(step[j]) * (perSlack[j] + perFlow[j]));
      primalRatio[j] = 0.5 * (primalRatio[j] + ratio + Math.abs(primalRatio[j] - ratio));
    }
  }

  /** Keeps {@link #part} away from 0 and 1. */
  void keepInside(int width, double margin) {
    for (int j = 0; j < width; j++) {
      part[j] = Math.min(1 - margin, part[j]);
    }
    for (int j = 0; j < width; j++) {
      part[j] = Math.max(margin, part[j]);
    }
  }

  /** The sums and maxima since they were cleared. */
  Measures measures() {
    return new Measures(
        Sums.sum(gap, 0, gap.length),
        Sums.sum(byPrimal, 0, byPrimal.length),
        Sums.sum(byDual, 0, byDual.length),
        Sums.sum(byBoth, 0, byBoth.length),
        Arrays.stream(primalRatio).max().orElse(0),
        Arrays.stream(dualRatio).max().orElse(0));
  }

  /**
   * What is measured over arcs.
   *
   * @param gap the sum of the products f l and s q
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
