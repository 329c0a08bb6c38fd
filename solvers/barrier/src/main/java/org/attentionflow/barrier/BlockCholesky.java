package org.attentionflow.barrier;

import java.util.Arrays;
import java.util.List;
import org.attentionflow.network.FlowNetwork;

/**
 * The grounded Laplacian of a network's conductances and its factor R with RᵀR = Laplacian, by
 * block Cholesky in the order of an {@link Elimination}. Row panel k of R holds a dense upper
 * triangle for the group eliminated at step k and one dense block [group × later group] for each
 * later neighbour:
 *
 * <pre>
 *   for each step k:   A_kk = R_kkᵀ R_kk,   R_ki = R_kk⁻ᵀ A_ki,   A_ij ← A_ij − R_kiᵀ R_kj
 * </pre>
 *
 * About 7/3·l·t³ flops and 2·l·t² numbers for a chain of l groups of t nodes. Not thread-safe.
 */
final class BlockCholesky {
  /** Rows factored at a time within a diagonal block. */
  private static final int STRIP = 32;

  private final Elimination elimination;
  private final DenseKernel kernel;
  private final int[] size;

  /** [step][row][column]: an upper triangle; what stands below is not used. */
  private final double[][][] diagonal;

  /** [step][later neighbour][row][column]. */
  private final double[][][][] coupling;

  BlockCholesky(FlowNetwork network, Elimination elimination, DenseKernel kernel) {
    this.elimination = elimination;
    this.kernel = kernel;
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

  /** Sets the matrix to zero. */
  void clear() {
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

  /** Adds to the diagonal entry of a node; the super-sink has none. */
  void addDiagonal(int group, int member, double value) {
    int step = elimination.step(group);
    if (step < size.length) {
      diagonal[step][member][member] += value;
    }
  }

  /** Subtracts from the entry of two nodes of different groups; the super-sink has none. */
  void subtract(int group, int member, int other, int otherMember, double value) {
    int step = elimination.step(group);
    int otherStep = elimination.step(other);
    if (step < size.length && otherStep < size.length) {
      double[][] into = block(Math.min(step, otherStep), Math.max(step, otherStep));
      if (step < otherStep) {
        into[member][otherMember] -= value;
      } else {
        into[otherMember][member] -= value;
      }
    }
  }

  /** Subtracts values from the entries of a node and all nodes of another group. */
  void subtractRow(int group, int member, int other, int count, double[] values) {
    int step = elimination.step(group);
    int otherStep = elimination.step(other);
    if (step >= size.length || otherStep >= size.length) {
      return;
    }
    double[][] into = block(Math.min(step, otherStep), Math.max(step, otherStep));
    if (step < otherStep) {
      PlainKernel.subtract(1, values, into[member], 0, count);
    } else {
      for (int column = 0; column < count; column++) {
        into[column][member] -= values[column];
      }
    }
  }

  /** The block of two steps: rows are the members of the group that is eliminated first. */
  private double[][] block(int first, int second) {
    return coupling[first][elimination.later(first).indexOf(elimination.group(second))];
  }

  /**
   * Factors the matrix in place.
   *
   * @return whether it is positive definite as far as rounding can tell
   */
  boolean factor() {
    for (int step = 0; step < size.length; step++) {
      if (!factorDiagonal(diagonal[step], size[step])) {
        return false;
      }
      for (int i = 0; i < coupling[step].length; i++) {
        solveTransposed(diagonal[step], size[step], coupling[step][i]);
      }
      updateLater(step);
    }
    return true;
  }

  /** A_ij ← A_ij − R_kiᵀ R_kj for all pairs of later neighbours. */
  private void updateLater(int step) {
    List<Integer> later = elimination.later(step);
    for (int i = 0; i < later.size(); i++) {
      int target = elimination.step(later.get(i));
      for (int j = i; j < later.size(); j++) {
        int other = elimination.step(later.get(j));
        double[][] into = i == j ? diagonal[target] : block(target, other);
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
            size[other],
            i == j);
      }
    }
  }

  /** A = RᵀR in the upper triangle, strip by strip. */
  private boolean factorDiagonal(double[][] a, int n) {
    for (int from = 0; from < n; from += STRIP) {
      int to = Math.min(n, from + STRIP);
      for (int row = from; row < to; row++) {
        for (int above = from; above < row; above++) {
          PlainKernel.subtract(a[above][row], a[above], a[row], row, n);
        }
        double pivot = a[row][row];
        if (!(pivot > 0 && pivot < Double.POSITIVE_INFINITY)) {
          return false;
        }
        scale(1 / Math.sqrt(pivot), a[row], row, n);
      }
      kernel.subtractTransposedProduct(n - to, to - from, a, from, to, a, from, a, to, to, n, true);
    }
    return true;
  }

  /** B ← R⁻ᵀ B for the upper triangle R [n × n] and B [n × columns]. */
  private void solveTransposed(double[][] r, int n, double[][] b) {
    int columns = n == 0 ? 0 : b[0].length;
    for (int from = 0; from < n; from += STRIP) {
      int to = Math.min(n, from + STRIP);
      for (int row = from; row < to; row++) {
        for (int above = from; above < row; above++) {
          PlainKernel.subtract(r[above][row], b[above], b[row], 0, columns);
        }
        scale(1 / r[row][row], b[row], 0, columns);
      }
      kernel.subtractTransposedProduct(
          n - to, to - from, r, from, to, b, from, b, to, 0, columns, false);
    }
  }

  private static void scale(double factor, double[] row, int from, int to) {
    for (int j = from; j < to; j++) {
      row[j] *= factor;
    }
  }

  /**
   * Solves Laplacian · x = b with the factor.
   *
   * @param b [group][member], overwritten by the solution; the super-sink's entry is not touched
   */
  void solve(double[][] b) {
    for (int step = 0; step < size.length; step++) {
      forward(step, b);
    }
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
        x[row] -= Dot.of(coupling[step][i][row], later, 0, later.length);
      }
    }
    for (int row = n - 1; row >= 0; row--) {
      x[row] = (x[row] - Dot.of(r[row], x, row + 1, n)) / r[row][row];
    }
  }
}
