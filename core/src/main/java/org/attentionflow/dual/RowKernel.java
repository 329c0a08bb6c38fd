package org.attentionflow.dual;

/**
 * What an iterative solver spends its time on: a block of 32-bit conductances times a vector, and
 * its transpose times another, in one pass over the block.
 *
 * <p>Every kernel gives the same bits: each result is a set of chains of fused multiply–adds in
 * double precision, whose order is part of the definition. Stateless and thread-safe.
 */
public interface RowKernel extends Kernel {
  /** The chains that make up the sum of a row. */
  int LANES = 8;

  /**
   * For the rows i in [first, end) of C, in this order,
   *
   * <pre>
   *   dots[i − first] ← Σ_{j in [0, columns)} C[i][j] · heads[j]
   *   into[j]         ← fma(C[i][j], tails[i], into[j])     for j in [0, columns)
   * </pre>
   *
   * The sum of a row has eight chains from 0, s_l ← fma(C[i][j], heads[j], s_l) with l = j mod 8
   * and rising j, joined as ((s_0 + s_1) + (s_2 + s_3)) + ((s_4 + s_5) + (s_6 + s_7)).
   *
   * <p>Time O((end − first) · columns).
   *
   * @param rows C by rows, of at least {@code columns} entries each
   * @param heads not changed
   * @param tails indexed as the rows are; not changed
   * @param dots overwritten from index 0
   * @param into added to; shares nothing with the other arrays
   */
  void multiply(
      float[][] rows,
      int first,
      int end,
      int columns,
      double[] heads,
      double[] tails,
      double[] dots,
      double[] into);

  /**
   * Adds Cᵀ W C x for the rows i in [first, end) of C, in this order, with W diagonal:
   *
   * <pre>
   *   dots[i − first] ← weights[i] · Σ_{j in [0, columns)} C[i][j] · heads[j]
   *   into[j]         ← fma(C[i][j], dots[i − first], into[j])     for j in [0, columns)
   * </pre>
   *
   * The sums of rows have the chains of {@link #multiply}. A row is used for the second line while
   * it is still in a near cache.
   *
   * @param rows C by rows, of at least {@code columns} entries each
   * @param heads x; not changed
   * @param weights W, indexed as the rows are; not changed
   * @param dots overwritten from index 0
   * @param into added to; shares nothing with the other arrays
   */
  void multiplyTwice(
      float[][] rows,
      int first,
      int end,
      int columns,
      double[] heads,
      double[] weights,
      double[] dots,
      double[] into);

  /** Joins the chains of a row's sum. */
  static double join(double[] lanes, int at) {
    return ((lanes[at] + lanes[at + 1]) + (lanes[at + 2] + lanes[at + 3]))
        + ((lanes[at + 4] + lanes[at + 5]) + (lanes[at + 6] + lanes[at + 7]));
  }
}
