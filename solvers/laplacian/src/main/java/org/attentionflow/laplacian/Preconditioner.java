package org.attentionflow.laplacian;

/** An approximate inverse M⁻¹ of a Laplacian: symmetric, positive definite and cheap to apply. */
interface Preconditioner {
  /**
   * Prepares for the conductances as they are now.
   *
   * @return whether that succeeded
   */
  boolean prepare(ConductanceRows laplacian);

  /**
   * z ← M⁻¹ r.
   *
   * @param r [group][member], with 0 at the super-sink; not changed
   * @param z overwritten; 0 at the super-sink
   */
  void apply(double[][] r, double[][] z);
}
