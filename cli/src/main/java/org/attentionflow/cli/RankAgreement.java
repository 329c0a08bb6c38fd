package org.attentionflow.cli;

/**
 * Kendall's τ-b: how far two lists of numbers agree in their order; 1 for the same order, −1 for
 * the reverse. Pairs that are tied in one list count for neither order (Kendall, The treatment of
 * ties in ranking problems, Biometrika 33, 1945).
 */
final class RankAgreement {
  /** Numbers closer than this part of the largest are tied: solvers are no more accurate. */
  private static final double TIE = 1e-9;

  private RankAgreement() {}

  /**
   * The agreement; not a number if one list has no order, that is, if all of it is tied. Takes time
   * quadratic in the length.
   */
  static double of(double[] one, double[] other) {
    double tieOfOne = TIE * largest(one);
    double tieOfOther = TIE * largest(other);
    long balance = 0;
    long ordered = 0;
    long otherOrdered = 0;
    for (int i = 0; i < one.length; i++) {
      for (int j = 0; j < i; j++) {
        int sign = sign(one[i] - one[j], tieOfOne);
        int otherSign = sign(other[i] - other[j], tieOfOther);
        balance += sign * otherSign;
        ordered += sign * sign;
        otherOrdered += otherSign * otherSign;
      }
    }
    return ordered == 0 || otherOrdered == 0
        ? Double.NaN
        : balance / Math.sqrt((double) ordered * otherOrdered);
  }

  private static int sign(double difference, double tie) {
    return Math.abs(difference) <= tie ? 0 : (int) Math.signum(difference);
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
