package org.attentionflow.laplacian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.network.FlowNetwork;

/**
 * Symmetric Gauss–Seidel by groups, an incomplete factorisation without fill: M = (D + F) D⁻¹ (D +
 * Fᵀ) with D the diagonal and F what joins a group to earlier ones. Within a group nothing is
 * joined, so each half solve is one sweep over the arcs in the order of the groups or against it;
 * every term it adds has one sign, and nothing cancels. One application costs about one product.
 */
final class GaussSeidelPreconditioner implements Preconditioner {
  /** What joins a group to a later one, whichever way its arcs lead. */
  private record Link(int later, Product toLater, Product toEarlier) {}

  /** A matrix of conductances times a vector. */
  @FunctionalInterface
  private interface Product {
    /** into ← into + C x. */
    void addTo(double[] x, double[] into);
  }

  private final List<Integer> order;
  private final int[] place;

  /** [group]: what joins it to later ones. */
  private final List<List<Link>> links = new ArrayList<>();

  private double[][] diagonal = new double[0][];
  private int sink;

  GaussSeidelPreconditioner(FlowNetwork network) {
    order = network.groupOrder();
    place = new int[order.size()];
    for (int i = 0; i < place.length; i++) {
      place[order.get(i)] = i;
    }
  }

  @Override
  public boolean prepare(ConductanceRows laplacian) {
    diagonal = laplacian.diagonal();
    sink = laplacian.sink();
    links.clear();
    order.forEach(group -> links.add(new ArrayList<>()));
    for (ConductanceRows.Pair pair : laplacian.pairs()) {
      float[][] rows = pair.rows();
      link(
          pair.tail(),
          pair.head(),
          (x, into) -> toHeads(rows, x, into),
          (x, into) -> toTails(rows, x, into));
    }
    for (ListedConductances.Part part : laplacian.listed().parts()) {
      link(
          part.arcs().tail(),
          part.arcs().head(),
          (x, into) -> part.addToHeads(1, 0, into.length, x, into),
          (x, into) -> part.addToTails(1, 0, into.length, x, into));
    }
    return true;
  }

  private void link(int tail, int head, Product toHeads, Product toTails) {
    if (head != sink) {
      boolean isTailFirst = place[tail] < place[head];
      int earlier = isTailFirst ? tail : head;
      links
          .get(earlier)
          .add(isTailFirst ? new Link(head, toHeads, toTails) : new Link(tail, toTails, toHeads));
    }
  }

  @Override
  public void apply(double[][] r, double[][] z) {
    for (int group = 0; group < r.length; group++) {
      System.arraycopy(r[group], 0, z[group], 0, r[group].length);
    }
    for (int group : order) {
      divide(z[group], diagonal[group]);
      for (Link link : links.get(group)) {
        link.toLater().addTo(z[group], z[link.later()]);
      }
    }
    for (int i = order.size() - 1; i >= 0; i--) {
      gather(order.get(i), z);
    }
    Arrays.fill(z[sink], 0);
  }

  /** z ← z + D⁻¹ C z_later at a group. */
  private void gather(int group, double[][] z) {
    double[] sum = new double[z[group].length];
    for (Link link : links.get(group)) {
      link.toEarlier().addTo(z[link.later()], sum);
    }
    divide(sum, diagonal[group]);
    for (int i = 0; i < sum.length; i++) {
      z[group][i] += sum[i];
    }
  }

  private static void toHeads(float[][] rows, double[] tails, double[] into) {
    for (int row = 0; row < rows.length; row++) {
      double factor = tails[row];
      float[] conductance = rows[row];
      for (int j = 0; j < into.length; j++) {
        into[j] += factor * conductance[j];
      }
    }
  }

  private static void toTails(float[][] rows, double[] heads, double[] into) {
    for (int row = 0; row < rows.length; row++) {
      float[] conductance = rows[row];
      double sum = 0;
      for (int j = 0; j < heads.length; j++) {
        sum += conductance[j] * heads[j];
      }
      into[row] += sum;
    }
  }

  private static void divide(double[] x, double[] by) {
    for (int i = 0; i < x.length; i++) {
      x[i] /= by[i];
    }
  }
}
