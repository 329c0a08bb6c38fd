package org.attentionflow.barrier;

import java.util.Arrays;
import org.attentionflow.dual.Sums;

/**
 * The arithmetic of {@link PrimalDual} over one strip of arcs, with the buffers of one thread.
 * Letters as there: capacity u, flow f, slack s = u − f, prices l and q.
 *
 * <p>Every loop is short, writes to arrays it does not read (or to one that it does) and runs from
 * index 0: such loops the compiler turns into vector instructions, longer ones it does not. One
 * division gives all reciprocals, since D = l s + q f and P = f l s q lead to
 *
 * <pre>
 *   1/D = P / (D P)          c = f s / D     c/f = s / D     c/s = f / D
 *   1/(f l) = s q D / (D P)     1/(s q) = f l D / (D P)
 * </pre>
 *
 * Sums and maxima are kept per index and joined at the end, in a fixed order.
 */
final class PrimalDualLoops {
  /** Reduced costs, and their changes by the predictor and by the corrected step. */
  final double[] cost;

  final double[] change;
  final double[] secondChange;

  /** What an assembly gives: conductances and two kinds of flows to balance. */
  final double[] conductance;

  final double[] first;
  final double[] second;

  /** What f l and s q are to become, up to the product of their changes. */
  private final double[] lowerTarget;

  private final double[] upperTarget;

  /** 1/D, 1/(f l) and 1/(s q). */
  private final double[] inverseSum;

  private final double[] inverseLower;
  private final double[] inverseUpper;

  /** Δf, and Δl/l and Δq/q. */
  private final double[] flowStep;

  private final double[] lowerStep;
  private final double[] upperStep;

  private final double[] product;
  private final double[] most;
  private final double[] least;
  private final double[] byPrimal;
  private final double[] byBoth;
  private final double[] primalRatio;
  private final double[] dualRatio;

  PrimalDualLoops(int length) {
    cost = new double[length];
    change = new double[length];
    secondChange = new double[length];
    conductance = new double[length];
    first = new double[length];
    second = new double[length];
    lowerTarget = new double[length];
    upperTarget = new double[length];
    inverseSum = new double[length];
    inverseLower = new double[length];
    inverseUpper = new double[length];
    flowStep = new double[length];
    lowerStep = new double[length];
    upperStep = new double[length];
    product = new double[length];
    most = new double[length];
    least = new double[length];
    byPrimal = new double[length];
    byBoth = new double[length];
    primalRatio = new double[length];
    dualRatio = new double[length];
  }

  /** Forgets the sums and maxima of earlier sweeps. */
  void clear() {
    Arrays.fill(product, 0);
    Arrays.fill(most, 0);
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(byPrimal, 0);
    Arrays.fill(byBoth, 0);
    Arrays.fill(primalRatio, 0);
    Arrays.fill(dualRatio, 0);
  }

  /** f = part · u, and prices with l − q = r whose smaller product with f or s is μ. */
  void start(double part, double mu, double[] u, double[] f, double[] l, double[] q) {
    for (int j = 0; j < u.length; j++) {
      f[j] = u[j] * part;
      double atLower = mu / f[j];
      double atUpper = mu / (u[j] - f[j]);
      l[j] = Math.max(atLower, atUpper + cost[j]);
      q[j] = Math.max(atUpper, atLower - cost[j]);
    }
  }

  /** c, f − c r and c (1/f − 1/s); the sum of the products f l and s q, and the extremes. */
  void assemble(double[] u, double[] f, double[] l, double[] q) {
    for (int j = 0; j < u.length; j++) {
      inverseSum[j] = 1 / (l[j] * (u[j] - f[j]) + q[j] * f[j]);
    }
    for (int j = 0; j < u.length; j++) {
      conductance[j] = f[j] * (u[j] - f[j]) * inverseSum[j];
      second[j] = (u[j] - 2 * f[j]) * inverseSum[j];
    }
    for (int j = 0; j < u.length; j++) {
      first[j] = f[j] - conductance[j] * cost[j];
    }
    double[] atLower = lowerTarget;
    double[] atUpper = upperTarget;
    for (int j = 0; j < u.length; j++) {
      atLower[j] = f[j] * l[j];
      atUpper[j] = (u[j] - f[j]) * q[j];
    }
    for (int j = 0; j < u.length; j++) {
      product[j] += atLower[j] + atUpper[j];
    }
    for (int j = 0; j < u.length; j++) {
      most[j] = Math.max(most[j], Math.max(atLower[j], atUpper[j]));
    }
    for (int j = 0; j < u.length; j++) {
      least[j] = Math.min(least[j], Math.min(atLower[j], atUpper[j]));
    }
  }

  /**
   * The predictor's step: ratios to the bounds, sums of its products, and in {@link #first} the
   * flows −c (Δf Δl/f + Δf Δq/s) that are fed back.
   */
  void predict(double mu, double[] u, double[] f, double[] l, double[] q) {
    invert(u, f, l, q);
    predictor(mu, u, f, l, q);
    for (int j = 0; j < u.length; j++) {
      byPrimal[j] += flowStep[j] * (l[j] - q[j]);
    }
    feedback(l, q);
    for (int j = 0; j < u.length; j++) {
      byBoth[j] += lowerTarget[j] - upperTarget[j];
    }
    for (int j = 0; j < u.length; j++) {
      first[j] = -inverseSum[j] * (lowerTarget[j] * (u[j] - f[j]) + upperTarget[j] * f[j]);
    }
    keepRatios(l, q);
  }

  /** The corrected step, after the predictor's: ratios to the bounds. */
  void correct(
      double predictedMu,
      double mu,
      double weight,
      double[] u,
      double[] f,
      double[] l,
      double[] q) {
    invert(u, f, l, q);
    predictor(predictedMu, u, f, l, q);
    for (int j = 0; j < u.length; j++) {
      lowerTarget[j] = mu - weight * (flowStep[j] * l[j] * lowerStep[j]);
    }
    for (int j = 0; j < u.length; j++) {
      upperTarget[j] = mu + weight * (flowStep[j] * q[j] * upperStep[j]);
    }
    corrector(u, f, l, q);
  }

  /** Takes the corrected step just computed. */
  void take(double primal, double dual, double[] f, double[] l, double[] q) {
    for (int j = 0; j < f.length; j++) {
      f[j] += primal * flowStep[j];
    }
    for (int j = 0; j < f.length; j++) {
      l[j] += dual * l[j] * lowerStep[j];
    }
    for (int j = 0; j < f.length; j++) {
      q[j] += dual * q[j] * upperStep[j];
    }
  }

  private void invert(double[] u, double[] f, double[] l, double[] q) {
    for (int j = 0; j < u.length; j++) {
      double atLower = f[j] * l[j];
      double atUpper = (u[j] - f[j]) * q[j];
      double sum = l[j] * (u[j] - f[j]) + q[j] * f[j];
      inverseSum[j] = 1 / (sum * (atLower * atUpper));
    }
    for (int j = 0; j < u.length; j++) {
      double s = u[j] - f[j];
      inverseUpper[j] = inverseSum[j] * (l[j] * s + q[j] * f[j]);
    }
    for (int j = 0; j < u.length; j++) {
      inverseLower[j] = inverseUpper[j] * ((u[j] - f[j]) * q[j]);
    }
    for (int j = 0; j < u.length; j++) {
      inverseUpper[j] = inverseUpper[j] * (f[j] * l[j]);
    }
    for (int j = 0; j < u.length; j++) {
      inverseSum[j] = inverseSum[j] * (f[j] * l[j]) * ((u[j] - f[j]) * q[j]);
    }
  }

  /**
   * The step for a change of the potentials and the targets t_l and t_q of the products, both μ in
   * the predictor:
   *
   * <pre>
   *   Δf   = (t_l s − t_q f − f s (r + Δr)) / D
   *   Δl/l = (t_l − l Δf)/(f l) − 1        Δq/q = (t_q + q Δf)/(s q) − 1
   * </pre>
   */
  private void predictor(double mu, double[] u, double[] f, double[] l, double[] q) {
    for (int j = 0; j < u.length; j++) {
      double s = u[j] - f[j];
      flowStep[j] = (mu * (s - f[j]) - f[j] * s * (cost[j] + change[j])) * inverseSum[j];
    }
    for (int j = 0; j < u.length; j++) {
      lowerStep[j] = (mu - l[j] * flowStep[j]) * inverseLower[j] - 1;
    }
    for (int j = 0; j < u.length; j++) {
      upperStep[j] = (mu + q[j] * flowStep[j]) * inverseUpper[j] - 1;
    }
  }

  private void corrector(double[] u, double[] f, double[] l, double[] q) {
    for (int j = 0; j < u.length; j++) {
      flowStep[j] = f[j] * (u[j] - f[j]) * (cost[j] + secondChange[j]);
    }
    for (int j = 0; j < u.length; j++) {
      double toTargets = lowerTarget[j] * (u[j] - f[j]) - upperTarget[j] * f[j];
      flowStep[j] = (toTargets - flowStep[j]) * inverseSum[j];
    }
    for (int j = 0; j < u.length; j++) {
      lowerStep[j] = (lowerTarget[j] - l[j] * flowStep[j]) * inverseLower[j] - 1;
    }
    for (int j = 0; j < u.length; j++) {
      upperStep[j] = (upperTarget[j] + q[j] * flowStep[j]) * inverseUpper[j] - 1;
    }
  }

  /** The products of the changes, Δf Δl and Δf Δq, in place of the targets. */
  private void feedback(double[] l, double[] q) {
    for (int j = 0; j < l.length; j++) {
      lowerTarget[j] = flowStep[j] * l[j] * lowerStep[j];
    }
    for (int j = 0; j < q.length; j++) {
      upperTarget[j] = flowStep[j] * q[j] * upperStep[j];
    }
  }

  /** How near the step leads to the bounds: Δf/f and Δf/s, Δl/l and Δq/q. */
  void keepRatios(double[] l, double[] q) {
    for (int j = 0; j < l.length; j++) {
      double perFlow = flowStep[j] * l[j] * inverseLower[j];
      double perSlack = flowStep[j] * q[j] * inverseUpper[j];
      primalRatio[j] = Math.max(primalRatio[j], Math.max(-perFlow, perSlack));
    }
    for (int j = 0; j < l.length; j++) {
      dualRatio[j] = Math.max(dualRatio[j], Math.max(-lowerStep[j], -upperStep[j]));
    }
  }

  /** The sums and extremes since the last {@link #clear}. */
  PrimalDualTotals totals() {
    return new PrimalDualTotals(
        sum(product),
        largest(most),
        smallest(least),
        sum(byPrimal),
        sum(byBoth),
        largest(primalRatio),
        largest(dualRatio));
  }

  private static double sum(double[] x) {
    return Sums.sum(x, 0, x.length);
  }

  /** The largest of numbers ≥ 0, or not a number where one is not. */
  private static double largest(double[] x) {
    double even = 0;
    double odd = 0;
    int j = 0;
    for (; j + 2 <= x.length; j += 2) {
      even = Math.max(even, x[j]);
      odd = Math.max(odd, x[j + 1]);
    }
    return Math.max(Math.max(even, odd), j < x.length ? x[j] : 0);
  }

  private static double smallest(double[] x) {
    double even = Double.POSITIVE_INFINITY;
    double odd = Double.POSITIVE_INFINITY;
    int j = 0;
    for (; j + 2 <= x.length; j += 2) {
      even = Math.min(even, x[j]);
      odd = Math.min(odd, x[j + 1]);
    }
    return Math.min(Math.min(even, odd), j < x.length ? x[j] : Double.POSITIVE_INFINITY);
  }
}
