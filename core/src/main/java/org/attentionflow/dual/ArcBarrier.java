package org.attentionflow.dual;

/**
 * The barrier problem of one arc, solved in closed form.
 *
 * <p>For node potentials y the Lagrangian of the problem separates by arc. With capacity u, reduced
 * cost r = c + y_head − y_tail and a = r·u, the flow that minimises
 *
 * <pre>
 *   r f − μ log f − μ log(u − f)
 * </pre>
 *
 * is, with b = |a|, s = √(4μ² + a²), q = 2μ + s and p = s + b,
 *
 * <pre>
 *   m     = min(f, u − f) = μ u (p + 2μ) / (p q)
 *   f     = m + u max(0, −a) / q
 *   −f′   = 1/h = μ u² / (s q)         its negative derivative in r: the arc's conductance
 *   ∂f/∂μ = r/h / μ                    its derivative in μ at fixed potentials
 * </pre>
 *
 * No term is subtracted from another, so f is accurate to a few roundings of itself however small
 * it is beside u: the return arc's capacity is the sum of all others, and an error of a rounding of
 * it would be millions of roundings of the flow. Where rounding would carry f a unit beyond u it is
 * cut back. At u = 0 (no arc) everything is 0.
 */
public final class ArcBarrier {
  private ArcBarrier() {}

  /** The flow on an arc. */
  public static double flow(double capacity, double reducedCost, double mu) {
    double a = reducedCost * capacity;
    double b = Math.abs(a);
    double s = Math.sqrt(4 * mu * mu + a * a);
    double q = 2 * mu + s;
    double p = s + b;
    double nearer = mu * capacity * (p + 2 * mu) / (p * q);
    return Math.min(capacity, nearer + capacity * (0.5 * (b - a)) / q);
  }

  /** The conductance 1/h of an arc. */
  public static double conductance(double capacity, double reducedCost, double mu) {
    double a = reducedCost * capacity;
    double s = Math.sqrt(4 * mu * mu + a * a);
    return mu * capacity * capacity / (s * (2 * mu + s));
  }

  /**
   * Flows and conductances of a row of arcs. All arrays are used from index 0 on: only then does
   * the compiler vectorise the loop (1.1 instead of 4.5 ns per arc).
   *
   * @param count the number of arcs
   * @param capacity their capacities
   * @param reducedCost their reduced costs
   * @param flow receives the flows
   * @param conductance receives the conductances
   */
  public static void row(
      int count,
      double[] capacity,
      double[] reducedCost,
      double mu,
      double[] flow,
      double[] conductance) {
    double twoMu = 2 * mu;
    double fourMuSquared = twoMu * twoMu;
    for (int j = 0; j < count; j++) {
      double u = capacity[j];
      double a = reducedCost[j] * u;
      double b = Math.abs(a);
      double s = Math.sqrt(fourMuSquared + a * a);
      double q = twoMu + s;
      double p = s + b;
      double inverse = 1 / (s * q * p);
      conductance[j] = mu * u * u * (p * inverse);
      double part = mu * (p + twoMu) + 0.5 * p * (b - a);
      flow[j] = Math.min(u, u * (part * (s * inverse)));
    }
  }
}
