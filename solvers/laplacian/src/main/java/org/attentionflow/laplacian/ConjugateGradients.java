package org.attentionflow.laplacian;

import java.util.Arrays;
import org.attentionflow.dual.Potentials;

/**
 * Solves with a Laplacian by preconditioned conjugate gradients: each iteration streams the
 * conductances once. Besides them it keeps a few vectors with one number per node.
 *
 * <p>Source: Hestenes and Stiefel, Methods of conjugate gradients for solving linear systems, J.
 * Res. Nat. Bur. Standards 49 (1952).
 */
final class ConjugateGradients extends KrylovSolver {
  /** Most iterations of one solve; what is reached by then is the answer. */
  private static final int LIMIT = 2000;

  private final ConductanceRows laplacian;
  private final Preconditioner preconditioner;

  ConjugateGradients(ConductanceRows laplacian, Preconditioner preconditioner) {
    super(laplacian);
    this.laplacian = laplacian;
    this.preconditioner = preconditioner;
  }

  @Override
  public boolean prepare() {
    return laplacian.prepare() && preconditioner.prepare(laplacian);
  }

  @Override
  public double[][] estimate(double[][] b) {
    double[][] r = Potentials.copy(b);
    Arrays.fill(r[laplacian.sink()], 0);
    double[][] z = Potentials.copy(b);
    preconditioner.apply(r, z);
    return z;
  }

  /**
   * The error is measured by the preconditioner: √(rᵀM⁻¹r) of the residual r stands for √(eᵀLe).
   */
  @Override
  public double[][] solve(double[][] b, double reduction) {
    double[][] r = Potentials.copy(b);
    Arrays.fill(r[laplacian.sink()], 0);
    double[][] z = estimate(b);
    double[][] p = Potentials.copy(z);
    double[][] x = zeros(b);
    double[][] product = zeros(b);
    double energy = Potentials.inner(r, z);
    double stop = energy * reduction * reduction;
    for (int i = 0; i < LIMIT && energy > stop; i++) {
      laplacian.multiply(p, product);
      double length = energy / Potentials.inner(p, product);
      for (int group = 0; group < x.length; group++) {
        addTo(x[group], length, p[group]);
        addTo(r[group], -length, product[group]);
      }
      preconditioner.apply(r, z);
      double next = Potentials.inner(r, z);
      double back = next / energy;
      energy = next;
      turn(p, back, z);
    }
    return x;
  }

  private static double[][] zeros(double[][] like) {
    double[][] zeros = Potentials.copy(like);
    for (double[] group : zeros) {
      Arrays.fill(group, 0);
    }
    return zeros;
  }
}
