package org.attentionflow.laplacian;

import java.util.Arrays;

/** M is the diagonal of the Laplacian (Jacobi). */
final class DiagonalPreconditioner implements Preconditioner {
  private double[][] diagonal = new double[0][];
  private int sink;

  @Override
  public boolean prepare(ConductanceRows laplacian) {
    diagonal = laplacian.diagonal();
    sink = laplacian.sink();
    return true;
  }

  @Override
  public void apply(double[][] r, double[][] z) {
    for (int group = 0; group < r.length; group++) {
      for (int i = 0; i < r[group].length; i++) {
        z[group][i] = r[group][i] / diagonal[group][i];
      }
    }
    Arrays.fill(z[sink], 0);
  }
}
