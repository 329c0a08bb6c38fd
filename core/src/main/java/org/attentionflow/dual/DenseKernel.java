package org.attentionflow.dual;

/**
 * The one dense operation on which a direct factorisation spends its time. Matrices are arrays of
 * rows, and a column has the same index in B and in C: then the compiler can turn a plain loop
 * along rows into vector instructions (an index with an offset of its own would prevent that).
 * Numbers are of 32 bits: twice as many fit into a vector and into a cache as of 64.
 *
 * <p>Every kernel gives the same bits: an entry of C is the chain of fused multiply–adds
 *
 * <pre>
 *   c ← fma(−a_p, b_p, c)     for p = 0, 1, …, k − 1 in this order
 * </pre>
 *
 * so results do not depend on which kernel is there, nor on how the work is cut. Stateless and
 * thread-safe.
 */
public interface DenseKernel extends Kernel {
  /**
   * C ← C − AᵀB: for i in [0, m) and j in [first, end),
   *
   * <pre>
   *   C[cRow + i][j] ← C[cRow + i][j] − Σ_{p in [0, k)} A[aRow + p][aColumn + i] · B[bRow + p][j]
   * </pre>
   *
   * <p>Time O(m k (end − first)).
   *
   * @param c changed in rows cRow to cRow + m and columns first to end; shares none of these rows
   *     with the parts of A and B that are read
   * @param isUpper whether only the columns j ≥ first + i of row i are wanted; what the others hold
   *     afterwards means nothing then
   */
  void subtractTransposedProduct(
      int m,
      int k,
      float[][] a,
      int aRow,
      int aColumn,
      float[][] b,
      int bRow,
      float[][] c,
      int cRow,
      int first,
      int end,
      boolean isUpper);
}
