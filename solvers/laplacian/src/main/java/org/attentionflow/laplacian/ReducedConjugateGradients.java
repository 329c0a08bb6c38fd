package org.attentionflow.laplacian;

import java.util.Arrays;
import org.attentionflow.dual.Potentials;

/**
 * Conjugate gradients with the diagonal as preconditioner, on the second side of {@link
 * BipartiteRows} alone. They reach in half of the iterations what they reach on both sides, and an
 * iteration still is one pass over the conductances.
 *
 * <p>Source: Reid, The use of conjugate gradients for systems of linear equations possessing
 * "Property A", SIAM J. Numer. Anal. 9 (1972).
 */
final class ReducedConjugateGradients extends KrylovSolver {
  /** Most iterations of one solve; what is reached by then is the answer. */
  private static final int LIMIT = 1000;

  private final BipartiteRows laplacian;

  ReducedConjugateGradients(BipartiteRows laplacian) {
    super(laplacian);
    this.laplacian = laplacian;
  }

  @Override
  public boolean prepare() {
    return laplacian.prepare();
  }

  @Override
  public double[][] estimate(double[][] b) {
    double[][] z = Potentials.copy(b);
    divide(b, z);
    Arrays.fill(z[laplacian.sink()], 0);
    return z;
  }

  /**
   * The error is measured by the diagonal D: √(rᵀD⁻¹r) of the residual r stands for √(eᵀLe). On the
   * first side there is no residual at any time.
   */
  @Override
  public double[][] solve(double[][] b, double reduction) {
    double[][] x = estimate(b);
    double stop = Potentials.inner(x, b) * reduction * reduction;
    double[][] r = Potentials.copy(b);
    laplacian.addToSecond(x, r);
    for (int group = 0; group < r.length; group++) {
      boolean isFirst = laplacian.isFirst(group);
      if (isFirst || group == laplacian.sink()) {
        Arrays.fill(r[group], 0);
      }
      if (!isFirst) {
        Arrays.fill(x[group], 0);
      }
    }
    double[][] z = Potentials.copy(r);
    divide(r, z);
    double[][] p = Potentials.copy(z);
    double[][] product = Potentials.copy(z);
    double energy = Potentials.inner(r, z);
    for (int i = 0; i < LIMIT && energy > stop; i++) {
      laplacian.multiply(p, product);
      double length = energy / Potentials.inner(p, product); // p is 0 on the first side
      move(x, r, length, p, product);
      divide(r, z);
      double next = Potentials.inner(r, z);
      double back = next / energy;
      energy = next;
      turn(p, back, z);
    }
    return x;
  }

  /** On the first side the product says what x changes by, on the second what r changes by. */
  private void move(double[][] x, double[][] r, double length, double[][] p, double[][] product) {
    for (int group = 0; group < x.length; group++) {
      if (laplacian.isFirst(group)) {
        addTo(x[group], length, product[group]);
      } else {
        addTo(x[group], length, p[group]);
        addTo(r[group], -length, product[group]);
      }
    }
  }

  private void divide(double[][] r, double[][] z) {
    double[][] diagonal = laplacian.diagonal();
    for (int group = 0; group < r.length; group++) {
      for (int i = 0; i < r[group].length; i++) {
        z[group][i] = r[group][i] / diagonal[group][i];
      }
    }
  }
}
