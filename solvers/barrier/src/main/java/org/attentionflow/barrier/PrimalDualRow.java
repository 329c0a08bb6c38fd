package org.attentionflow.barrier;

import java.util.Arrays;
import org.attentionflow.dual.Sums;

/**
 * The sweeps of {@link PrimalDual} over one row of arcs, with its buffers. Letters as there: flow
 * f, slack s = u − f, prices l and q, conductance c. Sums and maxima are kept per column and joined
 * at the end, which keeps the loops free of reductions, so that they vectorise, and the order
 * fixed.
 */
final class PrimalDualRow {
  final double[] capacity;
  final double[] presence;
  final double[] cost;
  final double[] change;
  final double[] secondChange;
  final double[] conductance;
  final double[] first;
  final double[] second;

  private final double[] product;
  private final double[] count;
  private final double[] byPrimal;
  private final double[] byDual;
  private final double[] byBoth;
  private final double[] primalRatio;
  private final double[] dualRatio;
  private final double[] deviation;

  PrimalDualRow(int width) {
    capacity = new double[width];
    presence = new double[width];
    cost = new double[width];
    change = new double[width];
    secondChange = new double[width];
    conductance = new double[width];
    first = new double[width];
    second = new double[width];
    product = new double[width];
    count = new double[width];
    byPrimal = new double[width];
    byDual = new double[width];
    byBoth = new double[width];
    primalRatio = new double[width];
    dualRatio = new double[width];
    deviation = new double[width];
  }

  /** Forgets the sums and maxima of earlier sweeps. */
  void clear() {
    for (double[] sums :
        new double[][] {
          product, count, byPrimal, byDual, byBoth, primalRatio, dualRatio, deviation
        }) {
      Arrays.fill(sums, 0);
    }
  }

  /** Tells absent arcs from present ones and gives them a capacity. */
  static void replaceAbsent(
      int width, double[] capacity, double absent, double factor, double[] presence) {
    for (int j = 0; j < width; j++) {
      presence[j] = Math.min(1, capacity[j] * factor);
      capacity[j] = Math.max(absent, capacity[j]);
    }
  }

  /** f = part · u, and prices with l − q = r whose smaller product with f or s is μ. */
  void start(int width, double part, double mu, double[] f, double[] l, double[] q) {
    for (int j = 0; j < width; j++) {
      boolean isPresent = presence[j] > 0.5;
      double r = isPresent ? cost[j] : 0;
      f[j] = capacity[j] * (isPresent ? part : 0.5);
      double atLower = mu / f[j];
      double atUpper = mu / (capacity[j] - f[j]);
      l[j] = Math.max(atLower, atUpper + r);
      q[j] = Math.max(atUpper, atLower - r);
    }
  }

  /** c, f − c r and c (1/f − 1/s); sums of products and their largest deviation from μ. */
  void assemble(int width, double[] f, double[] l, double[] q, double mu) {
    double inverseMu = 1 / mu;
    for (int j = 0; j < width; j++) {
      double s = capacity[j] - f[j];
      double perFlow = 1 / f[j];
      double perSlack = 1 / s;
      double c = 1 / (l[j] * perFlow + q[j] * perSlack);
      conductance[j] = c;
      first[j] = f[j] - c * cost[j];
      second[j] = c * (perFlow - perSlack);
    }
    for (int j = 0; j < width; j++) {
      double atLower = f[j] * l[j];
      double atUpper = (capacity[j] - f[j]) * q[j];
      product[j] += presence[j] * (atLower + atUpper);
      count[j] += 2 * presence[j];
      double most = Math.max(Math.abs(atLower * inverseMu - 1), Math.abs(atUpper * inverseMu - 1));
      deviation[j] = Math.max(deviation[j], presence[j] * most);
    }
  }

  /**
   * The predictor's step: ratios to the bounds, its products, and −c (δ_l/f + ...) to feed back.
   */
  void predict(int width, double[] f, double[] l, double[] q, double mu) {
    for (int j = 0; j < width; j++) {
      double s = capacity[j] - f[j];
      double perFlow = 1 / f[j];
      double perSlack = 1 / s;
      double c = 1 / (l[j] * perFlow + q[j] * perSlack);
      double df = -c * (cost[j] + change[j] - mu * perFlow + mu * perSlack);
      double dl = (mu - l[j] * df) * perFlow - l[j];
      double dq = (mu + q[j] * df) * perSlack - q[j];
      first[j] = -c * df * (dl * perFlow + dq * perSlack);
      primalRatio[j] = Math.max(primalRatio[j], Math.max(-df * perFlow, df * perSlack));
      dualRatio[j] = Math.max(dualRatio[j], Math.max(-dl / l[j], -dq / q[j]));
      byPrimal[j] += presence[j] * df * (l[j] - q[j]);
      byDual[j] += presence[j] * (f[j] * dl + s * dq);
      byBoth[j] += presence[j] * df * (dl - dq);
    }
  }

  /** The corrected step: ratios to the bounds; then moves by the given lengths. */
  void correct(
      int width,
      double[] f,
      double[] l,
      double[] q,
      double predictedMu,
      double mu,
      double weight,
      double primal,
      double dual) {
    for (int j = 0; j < width; j++) {
      double s = capacity[j] - f[j];
      double perFlow = 1 / f[j];
      double perSlack = 1 / s;
      double c = 1 / (l[j] * perFlow + q[j] * perSlack);
      double pf = -c * (cost[j] + change[j] - predictedMu * perFlow + predictedMu * perSlack);
      double pl = (predictedMu - l[j] * pf) * perFlow - l[j];
      double pq = (predictedMu + q[j] * pf) * perSlack - q[j];
      double atLower = mu - weight * pf * pl;
      double atUpper = mu + weight * pf * pq;
      double df = -c * (cost[j] + secondChange[j] - atLower * perFlow + atUpper * perSlack);
      double dl = (atLower - l[j] * df) * perFlow - l[j];
      double dq = (atUpper + q[j] * df) * perSlack - q[j];
      primalRatio[j] = Math.max(primalRatio[j], Math.max(-df * perFlow, df * perSlack));
      dualRatio[j] = Math.max(dualRatio[j], Math.max(-dl / l[j], -dq / q[j]));
      f[j] += primal * df;
      l[j] += dual * dl;
      q[j] += dual * dq;
    }
  }

  /** The sum of all products f l and s q. */
  double product() {
    return Sums.sum(product, 0, product.length);
  }

  /** The number of products. */
  double productCount() {
    return Sums.sum(count, 0, count.length);
  }

  /** What the sum of the products, given now, becomes after steps of the given lengths. */
  double product(double now, double primal, double dual) {
    return now
        + primal * Sums.sum(byPrimal, 0, byPrimal.length)
        + dual * Sums.sum(byDual, 0, byDual.length)
        + primal * dual * Sums.sum(byBoth, 0, byBoth.length);
  }

  /** The largest |f l / μ − 1| or |s q / μ − 1|. */
  double deviation() {
    return Arrays.stream(deviation).max().orElse(0);
  }

  /** How many times the primal step fits before a flow reaches a bound. */
  double primalStep() {
    return 1 / Arrays.stream(primalRatio).max().orElse(0);
  }

  /** How many times the dual step fits before a price reaches 0. */
  double dualStep() {
    return 1 / Arrays.stream(dualRatio).max().orElse(0);
  }
}
