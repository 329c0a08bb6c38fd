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

  /** c, the flows u φ − c r + μ' u c (1/φ − 1/σ)/u, the last term alone, and L φ + Q σ. */
  void assemble(int width, double mu, double targetMu) {
    double square = mu * mu;
    for (int j = 0; j < width; j++) {
      double u = capacity[j];
      double phi = part[j];
      double sigma = 1 - phi;
      double w = phi * sigma;
      double a = cost[j] * u;
      double aw = a * w;
      double small = square / (0.5 * (Math.abs(aw) + Math.sqrt(aw * aw + 4 * square * w)));
      double l = Math.max(a, 0) + small;
      double q = Math.max(-a, 0) + small;
      double k = 1 / (l * sigma + q * phi);
      double byMu = u * k * (sigma - phi);
      conductance[j] = u * u * (k * w);
      first[j] = u * (phi - k * aw) + targetMu * byMu;
      second[j] = byMu;
      gap[j] += l * phi + q * sigma;
    }
  }

  /** The predictor's step: ratios to the bounds, sums of products, and what is to be fed back. */
  void predict(int width, double mu, double targetMu) {
    double square = mu * mu;
    double inverseSquare = 1 / square;
    for (int j = 0; j < width; j++) {
      double u = capacity[j];
      double phi = part[j];
      double sigma = 1 - phi;
      double w = phi * sigma;
      double a = cost[j] * u;
      double aw = a * w;
      double small = square / (0.5 * (Math.abs(aw) + Math.sqrt(aw * aw + 4 * square * w)));
      double l = Math.max(a, 0) + small;
      double q = Math.max(-a, 0) + small;
      double k = 1 / (l * sigma + q * phi);
      double inverse = 1 / w;
      double dPhi = k * (targetMu * (sigma - phi) - aw - change[j] * u * w);
      double toLower = dPhi * sigma * inverse;
      double toUpper = dPhi * phi * inverse;
      double dl = targetMu * sigma * inverse - l * (1 + toLower);
      double dq = targetMu * phi * inverse - q * (1 - toUpper);
      first[j] = -u * k * dPhi * (dl * sigma + dq * phi);
      byPrimal[j] += dPhi * a;
      byDual[j] += phi * dl + sigma * dq;
      byBoth[j] += dPhi * (dl - dq);
      primalRatio[j] = Math.max(primalRatio[j], Math.max(-toLower, toUpper));
      double lower = 1 - targetMu * inverseSquare * q * sigma + toLower;
      double upper = 1 - targetMu * inverseSquare * l * phi - toUpper;
      dualRatio[j] = Math.max(dualRatio[j], Math.max(lower, upper));
    }
  }

  /** The corrected step: ratios to the bounds; {@link #part} moves by the given length of it. */
  void correct(int width, double mu, double targetMu, double nextMu, double weight, double length) {
    double square = mu * mu;
    double inverseSquare = 1 / square;
    for (int j = 0; j < width; j++) {
      double u = capacity[j];
      double phi = part[j];
      double sigma = 1 - phi;
      double w = phi * sigma;
      double a = cost[j] * u;
      double aw = a * w;
      double small = square / (0.5 * (Math.abs(aw) + Math.sqrt(aw * aw + 4 * square * w)));
      double l = Math.max(a, 0) + small;
      double q = Math.max(-a, 0) + small;
      double k = 1 / (l * sigma + q * phi);
      double inverse = 1 / w;
      double predicted = k * (targetMu * (sigma - phi) - aw - change[j] * u * w);
      double pl = (targetMu - l * predicted) * sigma * inverse - l;
      double pq = (targetMu + q * predicted) * phi * inverse - q;
      double atLower = nextMu - weight * predicted * pl;
      double atUpper = nextMu + weight * predicted * pq;
      double dPhi = k * (atLower * sigma - atUpper * phi - aw - secondChange[j] * u * w);
      double toLower = dPhi * sigma * inverse;
      double toUpper = dPhi * phi * inverse;
      primalRatio[j] = Math.max(primalRatio[j], Math.max(-toLower, toUpper));
      double lower = 1 - atLower * inverseSquare * q * sigma + toLower;
      double upper = 1 - atUpper * inverseSquare * l * phi - toUpper;
      dualRatio[j] = Math.max(dualRatio[j], Math.max(lower, upper));
      part[j] = phi + length * dPhi;
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
