package org.attentionflow.barrier;

/**
 * The one dense operation on which the factorisation spends its time. Matrices are arrays of rows,
 * and a column has the same index in B and in C: then the compiler can turn the innermost loop,
 * which runs along rows, into vector instructions (an index with an offset of its own would prevent
 * that).
 */
interface DenseKernel {
  /**
   * C ← C − AᵀB: for i in [0, m) and j in [first, end),
   *
   * <pre>
   *   C[cRow + i][j] ← C[cRow + i][j] − Σ_{p in [0, k)} A[aRow + p][aColumn + i] · B[bRow + p][j]
   * </pre>
   *
   * @param isUpper whether only the columns j ≥ first + i of row i are wanted; the others are not
   *     touched then
   */
  void subtractTransposedProduct(
      int m,
      int k,
      double[][] a,
      int aRow,
      int aColumn,
      double[][] b,
      int bRow,
      double[][] c,
      int cRow,
      int first,
      int end,
      boolean isUpper);
}
