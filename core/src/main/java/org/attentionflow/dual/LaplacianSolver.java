package org.attentionflow.dual;

/**
 * Solves systems with the Laplacian of the conductances it was given, the super-sink grounded at
 * potential 0. Used in rounds: {@link #clear}, conductances, {@link #prepare}, any number of
 * solves. Vectors are [group][member]; arguments are not changed. Not thread-safe.
 */
public interface LaplacianSolver extends Conductances {
  /**
   * Factors the matrix, or prepares to solve with it iteratively.
   *
   * @return false if it is not positive definite or not made of numbers
   */
  boolean prepare();

  /** Whether all solutions are good to 1e-5 or better, whatever is asked for. */
  default boolean isDirect() {
    return false;
  }

  /**
   * Solves L x = b.
   *
   * @param reduction how far the error, in the energy norm √(eᵀLe), is to fall below that of x = 0;
   *     a direct solver takes no notice
   * @return x, with 0 at the super-sink
   */
  double[][] solve(double[][] b, double reduction);

  /**
   * A cheap x with xᵀb near the bᵀL⁻¹b of the exact solution: a direct solver's solution itself.
   */
  double[][] estimate(double[][] b);
}
