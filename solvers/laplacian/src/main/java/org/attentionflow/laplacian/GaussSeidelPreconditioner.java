package org.attentionflow.laplacian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.network.FlowNetwork;

/**
 * Symmetric Gauss–Seidel by groups, an incomplete factorisation without fill: M = (D + F) D⁻¹ (D +
 * Fᵀ) with D the diagonal and F what joins a group to earlier ones. Within a group nothing is
 * joined, so each half solve is one sweep over the arcs in topological order or against it; every
 * term it adds has one sign, and nothing cancels. One application costs about one product.
 */
final class GaussSeidelPreconditioner implements Preconditioner {
  private final List<Integer> order;
  private double[][] diagonal = new double[0][];
  private List<ConductanceRows.Pair> pairs = List.of();
  private int sink;

  GaussSeidelPreconditioner(FlowNetwork network) {
    order = new ArrayList<>(network.topologicalOrder());
  }

  @Override
  public boolean prepare(ConductanceRows laplacian) {
    diagonal = laplacian.diagonal();
    pairs = laplacian.pairs();
    sink = laplacian.sink();
    return true;
  }

  /** Every pair leads from an earlier to a later group: pairs are kept [tail][head]. */
  @Override
  public void apply(double[][] r, double[][] z) {
    for (int group = 0; group < r.length; group++) {
      System.arraycopy(r[group], 0, z[group], 0, r[group].length);
    }
    for (int group : order) {
      divide(z[group], diagonal[group]);
      for (ConductanceRows.Pair pair : pairs) {
        if (pair.tail() == group && pair.head() != sink) {
          spread(pair, z);
        }
      }
    }
    for (int i = order.size() - 1; i >= 0; i--) {
      int group = order.get(i);
      for (ConductanceRows.Pair pair : pairs) {
        if (pair.tail() == group && pair.head() != sink) {
          gather(pair, z, diagonal[group]);
        }
      }
    }
    Arrays.fill(z[sink], 0);
  }

  /** z_head ← z_head + Cᵀ z_tail. */
  private static void spread(ConductanceRows.Pair pair, double[][] z) {
    double[] into = z[pair.head()];
    for (int row = 0; row < pair.rows().length; row++) {
      double factor = z[pair.tail()][row];
      float[] conductance = pair.rows()[row];
      for (int j = 0; j < into.length; j++) {
        into[j] += factor * conductance[j];
      }
    }
  }

  /** z_tail ← z_tail + D⁻¹ C z_head. */
  private static void gather(ConductanceRows.Pair pair, double[][] z, double[] diagonal) {
    double[] heads = z[pair.head()];
    for (int row = 0; row < pair.rows().length; row++) {
      float[] conductance = pair.rows()[row];
      double sum = 0;
      for (int j = 0; j < heads.length; j++) {
        sum += conductance[j] * heads[j];
      }
      z[pair.tail()][row] += sum / diagonal[row];
    }
  }

  private static void divide(double[] x, double[] by) {
    for (int i = 0; i < x.length; i++) {
      x[i] /= by[i];
    }
  }
}
