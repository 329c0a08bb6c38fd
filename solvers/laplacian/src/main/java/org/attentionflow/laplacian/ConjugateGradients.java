package org.attentionflow.laplacian;

import java.util.Arrays;
import org.attentionflow.dual.LaplacianSolver;
import org.attentionflow.dual.Potentials;

/**
 * Solves with a Laplacian by preconditioned conjugate gradients: each iteration streams the
 * conductances once. Besides them it keeps a few vectors with one number per node.
 *
 * <p>Source: Hestenes and Stiefel, Methods of conjugate gradients for solving linear systems, J.
 * Res. Nat. Bur. Standards 49 (1952).
 */
final class ConjugateGradients implements LaplacianSolver {
  /** Most iterations of one solve; what is reached by then is the answer. */
  private static final int LIMIT = 2000;

  private final ConductanceRows laplacian;
  private final Preconditioner preconditioner;

  ConjugateGradients(ConductanceRows laplacian, Preconditioner preconditioner) {
    this.laplacian = laplacian;
    this.preconditioner = preconditioner;
  }

  @Override
  public void clear() {
    laplacian.clear();
  }

  @Override
  public void add(int group, int member, int other, int otherMember, double conductance) {
    laplacian.add(group, member, other, otherMember, conductance);
  }

  @Override
  public void addRow(int group, int member, int other, int count, double[] conductance) {
    laplacian.addRow(group, member, other, count, conductance);
  }

  @Override
  public void addPart(int group, int member, int other, int first, int count, float[] conductance) {
    laplacian.addPart(group, member, other, first, count, conductance);
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
      addTo(x, length, p);
      addTo(r, -length, product);
      preconditioner.apply(r, z);
      double next = Potentials.inner(r, z);
      double back = next / energy;
      energy = next;
      for (int group = 0; group < p.length; group++) {
        for (int j = 0; j < p[group].length; j++) {
          p[group][j] = z[group][j] + back * p[group][j];
        }
      }
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

  private static void addTo(double[][] x, double factor, double[][] y) {
    for (int group = 0; group < x.length; group++) {
      for (int i = 0; i < x[group].length; i++) {
        x[group][i] += factor * y[group][i];
      }
    }
  }
}
