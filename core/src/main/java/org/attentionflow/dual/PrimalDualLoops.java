package org.attentionflow.dual;

import java.util.Arrays;

/**
 * The arithmetic of a primal–dual method over one strip of arcs, with the buffers of one thread, in
 * plain Java. Per arc: capacity u, flow f, slack s = u − f, prices l and q of the bounds 0 and u,
 * reduced cost r; a step aims at f l = s q = μ.
 *
 * <p>Every loop is short and writes to arrays it does not read (or to one that it does): such loops
 * the compiler turns into vector instructions, longer ones it does not. One division gives all
 * reciprocals, since D = l s + q f and P = f l s q lead to
 *
 * <pre>
 *   1/D = P / (D P)          c = f s / D     c/f = s / D     c/s = f / D
 *   1/(f l) = s q D / (D P)     1/(s q) = f l D / (D P)
 * </pre>
 *
 * Sums and maxima are kept per index and joined at the end, in a fixed order. A subclass may
 * compute the loops in another way, operation by operation the same: it has to give the same bits
 * ({@link ArcKernel}). The loops that it can replace begin at an index of its choice.
 */
public class PrimalDualLoops {
  /** Reduced costs. */
  public final double[] cost;

  /** Their changes by the predictor. */
  public final double[] change;

  /** Their changes by the corrected step. */
  public final double[] secondChange;

  /** The conductances that an assembly gives. */
  public final double[] conductance;

  /** Flows to balance: f − c r of an assembly, or the feedback of a predictor. */
  public final double[] first;

  /** Flows to balance, per μ, of an assembly: c (1/f − 1/s). */
  public final double[] second;

  /** 1/D of a step. */
  protected final double[] inverseSum;

  /** 1/(f l). */
  protected final double[] inverseLower;

  /** 1/(s q). */
  protected final double[] inverseUpper;

  /** Δf. */
  protected final double[] flowStep;

  /** Δl/l. */
  protected final double[] lowerStep;

  /** Δq/q. */
  protected final double[] upperStep;

  /** Sums of f l + s q, per index. */
  protected final double[] product;

  /** The largest f l or s q, per index. */
  protected final double[] most;

  /** The smallest f l or s q, per index. */
  protected final double[] least;

  /** Sums of Δf (l − q), per index. */
  protected final double[] byPrimal;

  /** Sums of Δf (Δl − Δq), per index. */
  protected final double[] byBoth;

  /** The largest −Δf/f or Δf/s, per index. */
  protected final double[] primalRatio;

  /** The largest −Δl/l or −Δq/q, per index. */
  protected final double[] dualRatio;

  /** What f l and s q are to become, up to the product of their changes. */
  private final double[] lowerTarget;

  private final double[] upperTarget;

  /**
   * Prepares buffers.
   *
   * @param length the most arcs of a strip
   */
  public PrimalDualLoops(int length) {
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
  public final void clear() {
    Arrays.fill(product, 0);
    Arrays.fill(most, 0);
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(byPrimal, 0);
    Arrays.fill(byBoth, 0);
    Arrays.fill(primalRatio, 0);
    Arrays.fill(dualRatio, 0);
  }

  /** f = part · u, and prices with l − q = r whose smaller product with f or s is μ. */
  public final void start(double part, double mu, double[] u, double[] f, double[] l, double[] q) {
    for (int j = 0; j < u.length; j++) {
      f[j] = u[j] * part;
      double atLower = mu / f[j];
      double atUpper = mu / (u[j] - f[j]);
      l[j] = Math.max(atLower, atUpper + cost[j]);
      q[j] = Math.max(atUpper, atLower - cost[j]);
    }
  }

  /** c, f − c r and c (1/f − 1/s); the sum of the products f l and s q, and the extremes. */
  public final void assemble(double[] u, double[] f, double[] l, double[] q) {
    assemble(0, u, f, l, q);
  }

  /**
   * The predictor's step: ratios to the bounds, sums of its products, and in {@link #first} the
   * flows −c (Δf Δl/f + Δf Δq/s) that are fed back.
   */
  public final void predict(double mu, double[] u, double[] f, double[] l, double[] q) {
    step(0, mu, u, f, l, q);
    feedback(0, u, f, l, q);
    ratios(0, l, q);
  }

  /**
   * The corrected step, after the predictor's.
   *
   * @param predictedMu μ of the predictor
   * @param mu what the products are to become
   * @param weight the part of the predictor's products that is fed back
   */
  public final void correct(
      double predictedMu,
      double mu,
      double weight,
      double[] u,
      double[] f,
      double[] l,
      double[] q) {
    step(0, predictedMu, u, f, l, q);
    correct(0, mu, weight, u, f, l, q);
  }

  /** How near the step leads to the bounds: Δf/f and Δf/s, Δl/l and Δq/q. */
  public final void keepRatios(double[] l, double[] q) {
    ratios(0, l, q);
  }

  /** Takes parts of the corrected step just computed; the reduced costs change with the prices. */
  public final void take(double primal, double dual, double[] f, double[] l, double[] q) {
    take(0, primal, dual, f, l, q);
  }

  /** {@link #assemble(double[], double[], double[], double[])} from an index on. */
  protected void assemble(int from, double[] u, double[] f, double[] l, double[] q) {
    int end = u.length;
    for (int j = from; j < end; j++) {
      inverseSum[j] = 1 / (l[j] * (u[j] - f[j]) + q[j] * f[j]);
    }
    for (int j = from; j < end; j++) {
      conductance[j] = f[j] * (u[j] - f[j]) * inverseSum[j];
      second[j] = (u[j] - 2 * f[j]) * inverseSum[j];
    }
    for (int j = from; j < end; j++) {
      first[j] = f[j] - conductance[j] * cost[j];
    }
    double[] atLower = lowerTarget;
    double[] atUpper = upperTarget;
    for (int j = from; j < end; j++) {
      atLower[j] = f[j] * l[j];
      atUpper[j] = (u[j] - f[j]) * q[j];
    }
    for (int j = from; j < end; j++) {
      product[j] += atLower[j] + atUpper[j];
    }
    for (int j = from; j < end; j++) {
      most[j] = Math.max(most[j], Math.max(atLower[j], atUpper[j]));
    }
    for (int j = from; j < end; j++) {
      least[j] = Math.min(least[j], Math.min(atLower[j], atUpper[j]));
    }
  }

  /**
   * The reciprocals, and the predictor's step for a change of the potentials and products of μ,
   * from an index on:
   *
   * <pre>
   *   Δf   = (μ (s − f) − f s (r + Δr)) / D
   *   Δl/l = (μ − l Δf)/(f l) − 1        Δq/q = (μ + q Δf)/(s q) − 1
   * </pre>
   */
  protected void step(int from, double mu, double[] u, double[] f, double[] l, double[] q) {
    invert(from, u, f, l, q);
    int end = u.length;
    for (int j = from; j < end; j++) {
      double s = u[j] - f[j];
      flowStep[j] = (mu * (s - f[j]) - f[j] * s * (cost[j] + change[j])) * inverseSum[j];
    }
    for (int j = from; j < end; j++) {
      lowerStep[j] = (mu - l[j] * flowStep[j]) * inverseLower[j] - 1;
    }
    for (int j = from; j < end; j++) {
      upperStep[j] = (mu + q[j] * flowStep[j]) * inverseUpper[j] - 1;
    }
  }

  private void invert(int from, double[] u, double[] f, double[] l, double[] q) {
    int end = u.length;
    for (int j = from; j < end; j++) {
      double atLower = f[j] * l[j];
      double atUpper = (u[j] - f[j]) * q[j];
      double sum = l[j] * (u[j] - f[j]) + q[j] * f[j];
      inverseSum[j] = 1 / (sum * (atLower * atUpper));
    }
    for (int j = from; j < end; j++) {
      double s = u[j] - f[j];
      inverseUpper[j] = inverseSum[j] * (l[j] * s + q[j] * f[j]);
    }
    for (int j = from; j < end; j++) {
      inverseLower[j] = inverseUpper[j] * ((u[j] - f[j]) * q[j]);
    }
    for (int j = from; j < end; j++) {
      inverseUpper[j] = inverseUpper[j] * (f[j] * l[j]);
    }
    for (int j = from; j < end; j++) {
      inverseSum[j] = inverseSum[j] * (f[j] * l[j]) * ((u[j] - f[j]) * q[j]);
    }
  }

  /** The sums of the predictor's products, and the flows that are fed back, from an index on. */
  protected void feedback(int from, double[] u, double[] f, double[] l, double[] q) {
    int end = u.length;
    for (int j = from; j < end; j++) {
      byPrimal[j] += flowStep[j] * (l[j] - q[j]);
    }
    for (int j = from; j < end; j++) {
      lowerTarget[j] = flowStep[j] * l[j] * lowerStep[j];
    }
    for (int j = from; j < end; j++) {
      upperTarget[j] = flowStep[j] * q[j] * upperStep[j];
    }
    for (int j = from; j < end; j++) {
      byBoth[j] += lowerTarget[j] - upperTarget[j];
    }
    for (int j = from; j < end; j++) {
      first[j] = -inverseSum[j] * (lowerTarget[j] * (u[j] - f[j]) + upperTarget[j] * f[j]);
    }
  }

  /**
   * The corrected step in place of the predictor's, from an index on: as that, with the change of
   * the potentials by the corrected step and with the targets μ − w Δf Δl and μ + w Δf Δq.
   */
  protected void correct(
      int from, double mu, double weight, double[] u, double[] f, double[] l, double[] q) {
    int end = u.length;
    for (int j = from; j < end; j++) {
      lowerTarget[j] = mu - weight * (flowStep[j] * l[j] * lowerStep[j]);
    }
    for (int j = from; j < end; j++) {
      upperTarget[j] = mu + weight * (flowStep[j] * q[j] * upperStep[j]);
    }
    for (int j = from; j < end; j++) {
      flowStep[j] = f[j] * (u[j] - f[j]) * (cost[j] + secondChange[j]);
    }
    for (int j = from; j < end; j++) {
      double toTargets = lowerTarget[j] * (u[j] - f[j]) - upperTarget[j] * f[j];
      flowStep[j] = (toTargets - flowStep[j]) * inverseSum[j];
    }
    for (int j = from; j < end; j++) {
      lowerStep[j] = (lowerTarget[j] - l[j] * flowStep[j]) * inverseLower[j] - 1;
    }
    for (int j = from; j < end; j++) {
      upperStep[j] = (upperTarget[j] + q[j] * flowStep[j]) * inverseUpper[j] - 1;
    }
  }

  /** {@link #keepRatios} from an index on. */
  protected void ratios(int from, double[] l, double[] q) {
    for (int j = from; j < l.length; j++) {
      double perFlow = flowStep[j] * l[j] * inverseLower[j];
      double perSlack = flowStep[j] * q[j] * inverseUpper[j];
      primalRatio[j] = Math.max(primalRatio[j], Math.max(-perFlow, perSlack));
    }
    for (int j = from; j < l.length; j++) {
      dualRatio[j] = Math.max(dualRatio[j], Math.max(-lowerStep[j], -upperStep[j]));
    }
  }

  /** {@link #take(double, double, double[], double[], double[])} from an index on. */
  protected void take(int from, double primal, double dual, double[] f, double[] l, double[] q) {
    int end = f.length;
    for (int j = from; j < end; j++) {
      f[j] += primal * flowStep[j];
    }
    for (int j = from; j < end; j++) {
      l[j] += dual * l[j] * lowerStep[j];
    }
    for (int j = from; j < end; j++) {
      q[j] += dual * q[j] * upperStep[j];
    }
    for (int j = from; j < end; j++) {
      cost[j] += dual * secondChange[j];
    }
  }

  /** The sums and extremes since the last {@link #clear}. */
  public final PrimalDualTotals totals() {
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
