package org.attentionflow.dual;

import java.util.Arrays;

/**
 * A Laplacian as one square matrix, solved by elimination of node after node. A pivot is the sum of
 * the conductances that are left at the node, so that nothing is ever subtracted.
 */
final class DenseLaplacian implements LaplacianSolver {
  private final int[] first;
  private final int sink;
  private final double[][] joined;
  private final double[] pivot;
  private boolean isPrepared;

  DenseLaplacian(ArcRows arcs) {
    double[][] nodes = arcs.zeros();
    sink = arcs.sink();
    first = new int[nodes.length];
    int count = 0;
    for (int group = 0; group < nodes.length; group++) {
      first[group] = count;
      count += group == sink ? 0 : nodes[group].length;
    }
    first[sink] = count;
    joined = new double[count + 1][count + 1];
    pivot = new double[count];
  }

  @Override
  public void clear() {
    isPrepared = false;
    for (double[] row : joined) {
      Arrays.fill(row, 0);
    }
  }

  @Override
  public void add(int group, int member, int other, int otherMember, double conductance) {
    int a = first[group] + member;
    int b = first[other] + otherMember;
    joined[a][b] += conductance;
    joined[b][a] += conductance;
  }

  @Override
  public void addRow(int group, int member, int other, int count, double[] conductance) {
    for (int column = 0; column < count; column++) {
      add(group, member, other, column, conductance[column]);
    }
  }

  @Override
  public boolean prepare() {
    for (int k = 0; k < pivot.length; k++) {
      pivot[k] = 0;
      for (int j = k + 1; j < joined.length; j++) {
        pivot[k] += joined[k][j];
      }
      if (!(pivot[k] > 0 && pivot[k] < Double.POSITIVE_INFINITY)) {
        return false;
      }
      for (int i = k + 1; i < joined.length; i++) {
        double part = joined[k][i] / pivot[k];
        for (int j = k + 1; part > 0 && j < joined.length; j++) {
          joined[i][j] += i == j ? 0 : part * joined[k][j];
        }
      }
    }
    isPrepared = true;
    return true;
  }

  @Override
  public boolean isDirect() {
    return true;
  }

  @Override
  public double[][] solve(double[][] b, double reduction) {
    return estimate(b);
  }

  @Override
  public double[][] estimate(double[][] b) {
    if (!isPrepared) {
      throw new IllegalStateException("The matrix has changed since it was prepared.");
    }
    double[] x = new double[joined.length];
    for (int group = 0; group < b.length; group++) {
      System.arraycopy(b[group], 0, x, first[group], b[group].length);
    }
    for (int k = 0; k < pivot.length; k++) {
      for (int j = k + 1; j < x.length; j++) {
        x[j] += joined[k][j] / pivot[k] * x[k];
      }
    }
    x[x.length - 1] = 0;
    for (int k = pivot.length - 1; k >= 0; k--) {
      for (int j = k + 1; j < x.length; j++) {
        x[k] += joined[k][j] * x[j];
      }
      x[k] /= pivot[k];
    }
    double[][] result = new double[b.length][];
    for (int group = 0; group < b.length; group++) {
      result[group] = Arrays.copyOfRange(x, first[group], first[group] + b[group].length);
    }
    return result;
  }
}
