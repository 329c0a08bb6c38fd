package org.attentionflow.barrier;

import java.util.Arrays;
import java.util.List;
import org.attentionflow.dual.LaplacianSolver;
import org.attentionflow.dual.Potentials;
import org.attentionflow.dual.Sums;
import org.attentionflow.network.FlowNetwork;

/**
 * The Laplacian of a network's conductances and its block Cholesky factor, in the order of an
 * {@link Elimination}. Row panel k of the factor R holds an upper triangle for the group eliminated
 * at step k and one dense block [group × later group] for each later neighbour, the super-sink
 * included:
 *
 * <pre>
 *   for each step k:   A_kk = R_kkᵀ R_kk,   R_ki = R_kk⁻ᵀ A_ki,   A_ij ← A_ij − R_kiᵀ R_kj
 * </pre>
 *
 * <p>Conductances span twenty decades and more, and a group of nodes may hang on the rest by 1e-20
 * of what joins them; a diagonal entry found by subtraction would then be noise. So no diagonal
 * entry is ever subtracted from: rows of a Laplacian sum to 0, before and after elimination, and
 * the pivot is minus the sum of the other entries of its row. Those are negative and only ever grow
 * in size, so nothing cancels anywhere and every entry of R is accurate to a few roundings.
 *
 * <p>About 7/3·l·t³ flops and 2·l·t² numbers for a chain of l groups of t nodes. Not thread-safe.
 *
 * <p>Source: Grassmann, Taksar and Heyman, Regenerative analysis and steady state distributions for
 * Markov chains, Oper. Res. 33 (1985), for the pivots; George and Liu, Computer Solution of Large
 * Sparse Positive Definite Systems, 1981, for the rest.
 */
final class BlockCholesky implements LaplacianSolver {
  /** Rows factored at a time within a panel. */
  private static final int STRIP = 32;

  private final Elimination elimination;
  private final DenseKernel kernel;
  private final int sink;
  private final int[] size;

  /** [step][row][column]: an upper triangle; what stands below is not used. */
  private final double[][][] diagonal;

  /** [step][later neighbour][row][column]. */
  private final double[][][][] coupling;

  BlockCholesky(FlowNetwork network, Elimination elimination, DenseKernel kernel) {
    this.elimination = elimination;
    this.kernel = kernel;
    sink = network.sink();
    int steps = elimination.stepCount();
    size = new int[steps];
    diagonal = new double[steps][][];
    coupling = new double[steps][][][];
    for (int step = 0; step < steps; step++) {
      size[step] = network.groups().get(elimination.group(step)).size();
      diagonal[step] = new double[size[step]][size[step]];
      List<Integer> later = elimination.later(step);
      coupling[step] = new double[later.size()][][];
      for (int i = 0; i < later.size(); i++) {
        int columns = network.groups().get(later.get(i)).size();
        coupling[step][i] = new double[size[step]][columns];
      }
    }
  }

  /** The bytes that the arrays of a factor take. */
  static long bytes(FlowNetwork network) {
    Elimination elimination = Elimination.of(network);
    long numbers = 0;
    for (int step = 0; step < elimination.stepCount(); step++) {
      long size = network.groups().get(elimination.group(step)).size();
      numbers += size * size;
      for (int later : elimination.later(step)) {
        numbers += size * network.groups().get(later).size();
      }
    }
    return numbers * Double.BYTES;
  }

  /** Sets all conductances to zero. */
  @Override
  public void clear() {
    for (int step = 0; step < size.length; step++) {
      clear(diagonal[step]);
      for (double[][] block : coupling[step]) {
        clear(block);
      }
    }
  }

  private static void clear(double[][] rows) {
    for (double[] row : rows) {
      Arrays.fill(row, 0);
    }
  }

  /** Joins two nodes of different groups by a conductance ≥ 0, beside what already joins them. */
  @Override
  public void add(int group, int member, int other, int otherMember, double conductance) {
    int step = elimination.step(group);
    int otherStep = elimination.step(other);
    double[][] into = block(Math.min(step, otherStep), Math.max(step, otherStep));
    if (step < otherStep) {
      into[member][otherMember] -= conductance;
    } else {
      into[otherMember][member] -= conductance;
    }
  }

  /** Joins a node to each of the first nodes of another group, by {@code count} conductances. */
  @Override
  public void addRow(int group, int member, int other, int count, double[] conductance) {
    int step = elimination.step(group);
    int otherStep = elimination.step(other);
    double[][] into = block(Math.min(step, otherStep), Math.max(step, otherStep));
    if (step < otherStep) {
      PlainKernel.subtract(1, conductance, into[member], 0, count);
    } else {
      for (int column = 0; column < count; column++) {
        into[column][member] -= conductance[column];
      }
    }
  }

  /** The block of two steps: rows are the members of the group that is eliminated first. */
  private double[][] block(int first, int second) {
    List<Integer> later = elimination.later(first);
    int group = second == size.length ? sink : elimination.group(second);
    return coupling[first][later.indexOf(group)];
  }

  /**
   * Factors the matrix in place.
   *
   * @return whether every node is joined to the super-sink, by conductances that are numbers
   */
  @Override
  public boolean prepare() {
    for (int step = 0; step < size.length; step++) {
      if (!factorPanel(step)) {
        return false;
      }
      updateLater(step);
    }
    return true;
  }

  /** Turns the rows of a group into rows of R, strip by strip. */
  private boolean factorPanel(int step) {
    double[][] a = diagonal[step];
    int n = size[step];
    for (int from = 0; from < n; from += STRIP) {
      int to = Math.min(n, from + STRIP);
      for (int row = from; row < to; row++) {
        if (!factorRow(step, from, row)) {
          return false;
        }
      }
      kernel.subtractTransposedProduct(n - to, to - from, a, from, to, a, from, a, to, to, n, true);
      for (double[][] b : coupling[step]) {
        int columns = b[0].length;
        kernel.subtractTransposedProduct(
            n - to, to - from, a, from, to, b, from, b, to, 0, columns, false);
      }
    }
    return true;
  }

  /** Brings one row up to date with the rows above it in its strip, and scales it. */
  private boolean factorRow(int step, int from, int row) {
    double[][] a = diagonal[step];
    int n = size[step];
    for (int above = from; above < row; above++) {
      PlainKernel.subtract(a[above][row], a[above], a[row], row + 1, n);
    }
    double pivot = -Sums.sum(a[row], row + 1, n);
    for (double[][] b : coupling[step]) {
      for (int above = from; above < row; above++) {
        PlainKernel.subtract(a[above][row], b[above], b[row], 0, b[row].length);
      }
      pivot -= Sums.sum(b[row], 0, b[row].length);
    }
    if (!(pivot > 0 && pivot < Double.POSITIVE_INFINITY)) {
      return false;
    }
    double inverse = 1 / Math.sqrt(pivot);
    a[row][row] = pivot * inverse;
    scale(inverse, a[row], row + 1, n);
    for (double[][] b : coupling[step]) {
      scale(inverse, b[row], 0, b[row].length);
    }
    return true;
  }

  private static void scale(double factor, double[] row, int from, int to) {
    for (int j = from; j < to; j++) {
      row[j] *= factor;
    }
  }

  /** A_ij ← A_ij − R_kiᵀ R_kj for all pairs of later neighbours. */
  private void updateLater(int step) {
    List<Integer> later = elimination.later(step);
    for (int i = 0; i < later.size() && later.get(i) != sink; i++) {
      int target = elimination.step(later.get(i));
      for (int j = i; j < later.size(); j++) {
        int other = elimination.step(later.get(j));
        double[][] into = i == j ? diagonal[target] : block(target, other);
        int columns = coupling[step][j].length == 0 ? 0 : coupling[step][j][0].length;
        kernel.subtractTransposedProduct(
            size[target],
            size[step],
            coupling[step][i],
            0,
            0,
            coupling[step][j],
            0,
            into,
            0,
            0,
            columns,
            i == j);
      }
    }
  }

  @Override
  public double[][] solve(double[][] b, double reduction) {
    return estimate(b);
  }

  @Override
  public double[][] estimate(double[][] b) {
    double[][] x = Potentials.copy(b);
    solveInPlace(x);
    return x;
  }

  /** Solves L x = b with the factor; overwrites b. */
  void solveInPlace(double[][] b) {
    for (int step = 0; step < size.length; step++) {
      forward(step, b);
    }
    Arrays.fill(b[sink], 0);
    for (int step = size.length - 1; step >= 0; step--) {
      backward(step, b);
    }
  }

  /** x_k = R_kk⁻ᵀ b_k, then b_i ← b_i − R_kiᵀ x_k. */
  private void forward(int step, double[][] b) {
    double[] x = b[elimination.group(step)];
    double[][] r = diagonal[step];
    int n = size[step];
    for (int row = 0; row < n; row++) {
      x[row] /= r[row][row];
      PlainKernel.subtract(x[row], r[row], x, row + 1, n);
    }
    for (int i = 0; i < coupling[step].length; i++) {
      double[] later = b[elimination.later(step).get(i)];
      for (int row = 0; row < n; row++) {
        PlainKernel.subtract(x[row], coupling[step][i][row], later, 0, later.length);
      }
    }
  }

  /** x_k = R_kk⁻¹ (b_k − Σ_i R_ki x_i). */
  private void backward(int step, double[][] b) {
    double[] x = b[elimination.group(step)];
    double[][] r = diagonal[step];
    int n = size[step];
    for (int i = 0; i < coupling[step].length; i++) {
      double[] later = b[elimination.later(step).get(i)];
      for (int row = 0; row < n; row++) {
        x[row] -= Sums.of(coupling[step][i][row], later, 0, later.length);
      }
    }
    for (int row = n - 1; row >= 0; row--) {
      x[row] = (x[row] - Sums.of(r[row], x, row + 1, n)) / r[row][row];
    }
  }
}
