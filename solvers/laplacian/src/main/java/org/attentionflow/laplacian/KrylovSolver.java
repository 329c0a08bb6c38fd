package org.attentionflow.laplacian;

import org.attentionflow.dual.ArcLoops;
import org.attentionflow.dual.Conductances;
import org.attentionflow.dual.LaplacianSolver;
import org.attentionflow.network.ArcBlock;

/**
 * What methods of conjugate directions share: conductances go to the matrix they multiply with, and
 * vectors of one number per node are added.
 */
abstract class KrylovSolver implements LaplacianSolver {
  private final Conductances conductances;

  KrylovSolver(Conductances conductances) {
    this.conductances = conductances;
  }

  @Override
  public final void clear() {
    conductances.clear();
  }

  @Override
  public final void add(int group, int member, int other, int otherMember, double conductance) {
    conductances.add(group, member, other, otherMember, conductance);
  }

  @Override
  public final void addRow(int group, int member, int other, int count, double[] conductance) {
    conductances.addRow(group, member, other, count, conductance);
  }

  @Override
  public final void addRows(int group, int first, int other, ArcLoops strip, double[] row) {
    conductances.addRows(group, first, other, strip, row);
  }

  @Override
  public final void addListed(int block, ArcBlock arcs, int row, double[] conductance) {
    conductances.addListed(block, arcs, row, conductance);
  }

  /** The next direction, in place of the one before: z + back · p. */
  static void turn(double[][] p, double back, double[][] z) {
    for (int group = 0; group < p.length; group++) {
      for (int i = 0; i < p[group].length; i++) {
        p[group][i] = z[group][i] + back * p[group][i];
      }
    }
  }

  /** x + factor · y, in place of x. */
  static void addTo(double[] x, double factor, double[] y) {
    for (int i = 0; i < x.length; i++) {
      x[i] += factor * y[i];
    }
  }
}
