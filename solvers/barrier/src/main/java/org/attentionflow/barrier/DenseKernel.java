package org.attentionflow.barrier;

/**
 * The one dense operation on which the factorisation spends its time, on row-major arrays. Row
 * operations on contiguous memory are all it needs, because the factor is kept in upper form.
 */
interface DenseKernel {
  /**
   * C ← C − AᵀB for C [m × n], A [k × m], B [k × n], each given by array, first element and row
   * length.
   *
   * @param onlyUpper whether only the elements with column ≥ row of C are wanted; those below may
   *     be changed or not
   */
  void subtractTransposedProduct(
      int m,
      int n,
      int k,
      double[] a,
      int aFrom,
      int aStride,
      double[] b,
      int bFrom,
      int bStride,
      double[] c,
      int cFrom,
      int cStride,
      boolean onlyUpper);
}
