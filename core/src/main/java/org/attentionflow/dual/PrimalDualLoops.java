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
 * Sums and extremes are kept per index and joined at the end, in a fixed order. A subclass may
 * compute the loops in another way, operation by operation the same: it has to give the same bits
 * ({@link ArcKernel}).
 */
public class PrimalDualLoops {
  /** Minus the conductances that an assembly gives: entries of the Laplacian. */
  public final double[] coupling;

  /** Sums of f l + s q, per index. */
  protected final double[] product;

  /** The largest f l or s q, per index. */
  protected final double[] most;

  /** The smallest f l or s q, per index. */
  protected final double[] least;

  /** The smallest Δf/f, or 0, per index. */
  protected final double[] leastPerFlow;

  /** The largest Δf/s, or 0, per index. */
  protected final double[] mostPerSlack;

  /** The smallest Δl/l or Δq/q, or 0, per index. */
  protected final double[] leastPerPrice;

  /** Reduced costs. */
  private final double[] cost;

  /** 1/D of a step. */
  private final double[] inverseSum;

  /** 1/(f l). */
  private final double[] inverseLower;

  /** 1/(s q). */
  private final double[] inverseUpper;

  /** Δf. */
  protected final double[] flowStep;

  /** Δf/f. */
  protected final double[] perFlow;

  /** Δf/s. */
  protected final double[] perSlack;

  /** Δl/l. */
  protected final double[] lowerStep;

  /** Δq/q. */
  protected final double[] upperStep;

  /** What f l is to become, up to the product of the changes; or this product. */
  private final double[] lowerTarget;

  /** The same for s q. */
  private final double[] upperTarget;

  /** Flows to balance. */
  private final double[] first;

  private final double[] second;

  /**
   * Prepares buffers.
   *
   * @param length the most arcs of a strip
   */
  public PrimalDualLoops(int length) {
    coupling = new double[length];
    product = new double[length];
    most = new double[length];
    least = new double[length];
    leastPerFlow = new double[length];
    mostPerSlack = new double[length];
    leastPerPrice = new double[length];
    cost = new double[length];
    inverseSum = new double[length];
    inverseLower = new double[length];
    inverseUpper = new double[length];
    flowStep = new double[length];
    perFlow = new double[length];
    perSlack = new double[length];
    lowerStep = new double[length];
    upperStep = new double[length];
    lowerTarget = new double[length];
    upperTarget = new double[length];
    first = new double[length];
    second = new double[length];
  }

  /** Forgets the sums and extremes of earlier sweeps. */
  public final void clear() {
    Arrays.fill(product, 0);
    Arrays.fill(most, 0);
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(leastPerFlow, 0);
    Arrays.fill(mostPerSlack, 0);
    Arrays.fill(leastPerPrice, 0);
  }

  /**
   * f = part · u, and prices with l − q = r whose smaller product with f or s is μ.
   *
   * @param potential {@link Potentials#padded}
   */
  public final void start(ArcStrip strip, double[][] potential, double part, double mu) {
    strip.costs(potential, cost);
    double[] f = strip.flow;
    for (int j = 0; j < f.length; j++) {
      f[j] = strip.capacity[j] * part;
      double atLower = mu / f[j];
      double atUpper = mu / (strip.capacity[j] - f[j]);
      strip.lower[j] = Math.max(atLower, atUpper + cost[j]);
      strip.upper[j] = Math.max(atUpper, atLower - cost[j]);
    }
  }

  /**
   * Minus the conductances; the sum of the products f l and s q, and their extremes.
   *
   * @param potential {@link Potentials#padded}
   * @param firstSums receives the flows f − c r
   * @param secondSums receives the flows c (1/f − 1/s)
   */
  public void assemble(
      ArcStrip strip, double[][] potential, ImbalanceSums firstSums, ImbalanceSums secondSums) {
    strip.costs(potential, cost);
    double[] u = strip.capacity;
    double[] f = strip.flow;
    double[] l = strip.lower;
    double[] q = strip.upper;
    int end = u.length;
    for (int j = 0; j < end; j++) {
      inverseSum[j] = 1 / Math.fma(l[j], u[j] - f[j], q[j] * f[j]);
    }
    for (int j = 0; j < end; j++) {
      coupling[j] = f[j] * (f[j] - u[j]) * inverseSum[j];
      second[j] = (u[j] - f[j] - f[j]) * inverseSum[j];
    }
    for (int j = 0; j < end; j++) {
      first[j] = Math.fma(coupling[j], cost[j], f[j]);
    }
    for (int j = 0; j < end; j++) {
      lowerTarget[j] = f[j] * l[j];
      upperTarget[j] = (u[j] - f[j]) * q[j];
    }
    for (int j = 0; j < end; j++) {
      product[j] += lowerTarget[j] + upperTarget[j];
    }
    for (int j = 0; j < end; j++) {
      most[j] = Math.max(most[j], Math.max(lowerTarget[j], upperTarget[j]));
    }
    for (int j = 0; j < end; j++) {
      least[j] = Math.min(least[j], Math.min(lowerTarget[j], upperTarget[j]));
    }
    firstSums.add(strip, first);
    secondSums.add(strip, second);
  }

  /**
   * The predictor's step, and how near it leads to the bounds.
   *
   * @param sums receives the flows c (Δf Δl/f + Δf Δq/s), which are to be fed back
   */
  public void predict(ArcStrip strip, PrimalDualStep step, ImbalanceSums sums) {
    predictor(strip, step);
    relative(strip);
    extremes(strip);
    products(strip);
    double[] u = strip.capacity;
    double[] f = strip.flow;
    for (int j = 0; j < u.length; j++) {
      double back = Math.fma(lowerTarget[j], u[j] - f[j], upperTarget[j] * f[j]);
      first[j] = inverseSum[j] * back;
    }
    sums.add(strip, first);
  }

  /** How near the corrected step leads to the bounds. */
  public final void measure(ArcStrip strip, PrimalDualStep step) {
    correct(strip, step);
    extremes(strip);
  }

  /** Takes the parts of the corrected step that it names. */
  public final void take(ArcStrip strip, PrimalDualStep step) {
    correct(strip, step);
    advance(strip, step);
  }

  /** Moves flows and prices. */
  protected void advance(ArcStrip strip, PrimalDualStep step) {
    double primal = step.primal();
    double dual = step.dual();
    double[] f = strip.flow;
    double[] l = strip.lower;
    double[] q = strip.upper;
    for (int j = 0; j < f.length; j++) {
      f[j] = Math.fma(primal, flowStep[j], f[j]);
    }
    for (int j = 0; j < l.length; j++) {
      l[j] = Math.fma(dual * l[j], lowerStep[j], l[j]);
    }
    for (int j = 0; j < q.length; j++) {
      q[j] = Math.fma(dual * q[j], upperStep[j], q[j]);
    }
  }

  /**
   * The reciprocals, and the predictor's step to the reduced costs r + Δr and products of μ:
   *
   * <pre>
   *   Δf   = (μ (s − f) − f s (r + Δr)) / D
   *   Δl/l = (μ − l Δf)/(f l) − 1        Δq/q = (μ + q Δf)/(s q) − 1
   * </pre>
   */
  private void predictor(ArcStrip strip, PrimalDualStep step) {
    invert(strip);
    strip.costs(step.predicted(), cost);
    double mu = step.predictedMu();
    double[] u = strip.capacity;
    double[] f = strip.flow;
    double[] l = strip.lower;
    double[] q = strip.upper;
    int end = u.length;
    for (int j = 0; j < end; j++) {
      double s = u[j] - f[j];
      flowStep[j] = Math.fma(f[j] * s, -cost[j], mu * (s - f[j])) * inverseSum[j];
    }
    for (int j = 0; j < end; j++) {
      lowerStep[j] = Math.fma(mu - flowStep[j] * l[j], inverseLower[j], -1);
    }
    for (int j = 0; j < end; j++) {
      upperStep[j] = Math.fma(mu + flowStep[j] * q[j], inverseUpper[j], -1);
    }
  }

  private void invert(ArcStrip strip) {
    double[] u = strip.capacity;
    double[] f = strip.flow;
    double[] l = strip.lower;
    double[] q = strip.upper;
    int end = u.length;
    for (int j = 0; j < end; j++) {
      double sum = Math.fma(l[j], u[j] - f[j], q[j] * f[j]);
      inverseSum[j] = 1 / (sum * (f[j] * l[j] * ((u[j] - f[j]) * q[j])));
    }
    for (int j = 0; j < end; j++) {
      inverseUpper[j] = inverseSum[j] * Math.fma(l[j], u[j] - f[j], q[j] * f[j]);
    }
    for (int j = 0; j < end; j++) {
      inverseLower[j] = inverseUpper[j] * ((u[j] - f[j]) * q[j]);
    }
    for (int j = 0; j < end; j++) {
      inverseUpper[j] = inverseUpper[j] * (f[j] * l[j]);
    }
    for (int j = 0; j < end; j++) {
      inverseSum[j] = inverseSum[j] * (f[j] * l[j] * ((u[j] - f[j]) * q[j]));
    }
  }

  /** Δf Δl and Δf Δq, in place of the targets. */
  private void products(ArcStrip strip) {
    double[] l = strip.lower;
    double[] q = strip.upper;
    for (int j = 0; j < l.length; j++) {
      lowerTarget[j] = flowStep[j] * l[j] * lowerStep[j];
    }
    for (int j = 0; j < q.length; j++) {
      upperTarget[j] = flowStep[j] * q[j] * upperStep[j];
    }
  }

  /**
   * The corrected step, after the predictor's: as that, to other reduced costs, and with the
   * targets μ − w Δf Δl and μ + w Δf Δq.
   */
  protected void correct(ArcStrip strip, PrimalDualStep step) {
    predictor(strip, step);
    products(strip);
    strip.costs(step.corrected(), cost);
    double mu = step.mu();
    double weight = step.weight();
    double[] u = strip.capacity;
    double[] f = strip.flow;
    double[] l = strip.lower;
    double[] q = strip.upper;
    int end = u.length;
    for (int j = 0; j < end; j++) {
      lowerTarget[j] = Math.fma(-weight, lowerTarget[j], mu);
    }
    for (int j = 0; j < end; j++) {
      upperTarget[j] = Math.fma(weight, upperTarget[j], mu);
    }
    for (int j = 0; j < end; j++) {
      double toTargets = lowerTarget[j] * (u[j] - f[j]) - upperTarget[j] * f[j];
      flowStep[j] = Math.fma(f[j] * (u[j] - f[j]), -cost[j], toTargets) * inverseSum[j];
    }
    for (int j = 0; j < end; j++) {
      lowerStep[j] = Math.fma(lowerTarget[j] - flowStep[j] * l[j], inverseLower[j], -1);
    }
    for (int j = 0; j < end; j++) {
      upperStep[j] = Math.fma(upperTarget[j] + flowStep[j] * q[j], inverseUpper[j], -1);
    }
    relative(strip);
  }

  /** Δf/f and Δf/s. */
  private void relative(ArcStrip strip) {
    double[] l = strip.lower;
    double[] q = strip.upper;
    for (int j = 0; j < l.length; j++) {
      perFlow[j] = flowStep[j] * l[j] * inverseLower[j];
    }
    for (int j = 0; j < q.length; j++) {
      perSlack[j] = flowStep[j] * q[j] * inverseUpper[j];
    }
  }

  /** How near a step leads to the bounds. */
  protected void extremes(ArcStrip strip) {
    int end = strip.length();
    for (int j = 0; j < end; j++) {
      leastPerFlow[j] = Math.min(leastPerFlow[j], perFlow[j]);
    }
    for (int j = 0; j < end; j++) {
      mostPerSlack[j] = Math.max(mostPerSlack[j], perSlack[j]);
    }
    for (int j = 0; j < end; j++) {
      leastPerPrice[j] = Math.min(leastPerPrice[j], Math.min(lowerStep[j], upperStep[j]));
    }
  }

  /** The sums and extremes since the last {@link #clear}. */
  public final PrimalDualTotals totals() {
    return new PrimalDualTotals(
        Sums.sum(product, 0, product.length),
        largest(most, 0),
        smallest(least, Double.POSITIVE_INFINITY),
        Math.max(-smallest(leastPerFlow, 0), largest(mostPerSlack, 0)),
        -smallest(leastPerPrice, 0));
  }

  /** The largest of numbers and a first one, or not a number where one is not. */
  private static double largest(double[] x, double from) {
    double even = from;
    double odd = from;
    int j = 0;
    for (; j + 2 <= x.length; j += 2) {
      even = Math.max(even, x[j]);
      odd = Math.max(odd, x[j + 1]);
    }
    return Math.max(Math.max(even, odd), j < x.length ? x[j] : from);
  }

  private static double smallest(double[] x, double from) {
    double even = from;
    double odd = from;
    int j = 0;
    for (; j + 2 <= x.length; j += 2) {
      even = Math.min(even, x[j]);
      odd = Math.min(odd, x[j + 1]);
    }
    return Math.min(Math.min(even, odd), j < x.length ? x[j] : from);
  }
}
