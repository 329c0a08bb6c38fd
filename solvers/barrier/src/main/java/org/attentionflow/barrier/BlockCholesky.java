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
  private final double[][] diagonal;
  private final double[][][] coupling;

  BlockCholesky(FlowNetwork network, Elimination elimination, DenseKernel kernel) {
    this.elimination = elimination;
    this.kernel = kernel;
    int steps = elimination.stepCount();
    size = new int[steps];
    diagonal = new double[steps][];
    coupling = new double[steps][][];
    for (int step = 0; step < steps; step++) {
      size[step] = network.groups().get(elimination.group(step)).size();
      diagonal[step] = new double[size[step] * size[step]];
      List<Integer> later = elimination.later(step);
      coupling[step] = new double[later.size()][];
      for (int i = 0; i < later.size(); i++) {
        coupling[step][i] = new double[size[step] * network.groups().get(later.get(i)).size()];
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
      Arrays.fill(diagonal[step], 0);
      for (double[] block : coupling[step]) {
        Arrays.fill(block, 0);
      }
    }
  }

  /** Adds to the diagonal entry of a node; the super-sink has none. */
  void addDiagonal(int group, int member, double value) {
    int step = elimination.step(group);
    if (step < size.length) {
      diagonal[step][member * size[step] + member] += value;
    }
  }

  /** Subtracts from the entry of two nodes of different groups; the super-sink has none. */
  void subtract(int group, int member, int other, int otherMember, double value) {
    int step = elimination.step(group);
    int otherStep = elimination.step(other);
    if (step < size.length && otherStep < size.length) {
      double[] into = block(Math.min(step, otherStep), Math.max(step, otherStep));
      int at =
          step < otherStep
              ? member * size[otherStep] + otherMember
              : otherMember * size[step] + member;
      into[at] -= value;
    }
  }

  /** Subtracts a row of values from the entries of a node and all nodes of another group. */
  void subtractRow(int group, int member, int other, int members, int columns, double[] values) {
    int step = elimination.step(group);
    int otherStep = elimination.step(other);
    if (step >= size.length || otherStep >= size.length) {
      return;
    }
    double[] into = block(Math.min(step, otherStep), Math.max(step, otherStep));
    if (step < otherStep) {
      for (int column = 0, at = member * columns; column < columns; column++, at++) {
        into[at] -= values[column];
      }
    } else {
      for (int column = 0, at = member; column < columns; column++, at += members) {
        into[at] -= values[column];
      }
    }
  }

  /** The block of two steps: rows are the members of the group that is eliminated first. */
  private double[] block(int first, int second) {
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
    int depth = size[step];
    for (int i = 0; i < later.size(); i++) {
      int target = elimination.step(later.get(i));
      int m = size[target];
      for (int j = i; j < later.size(); j++) {
        int n = size[elimination.step(later.get(j))];
        double[] into = i == j ? diagonal[target] : block(target, elimination.step(later.get(j)));
        kernel.subtractTransposedProduct(
            m, n, depth, coupling[step][i], 0, m, coupling[step][j], 0, n, into, 0, n, i == j);
      }
    }
  }

  /** A = RᵀR in the upper triangle, strip by strip. */
  private boolean factorDiagonal(double[] a, int n) {
    for (int from = 0; from < n; from += STRIP) {
      int to = Math.min(n, from + STRIP);
      for (int row = from; row < to; row++) {
        for (int above = from; above < row; above++) {
          subtractRow(a, above * n, row * n, a[above * n + row], row, n);
        }
        double pivot = a[row * n + row];
        if (!(pivot > 0 && pivot < Double.POSITIVE_INFINITY)) {
          return false;
        }
        double inverse = 1 / Math.sqrt(pivot);
        for (int column = row; column < n; column++) {
          a[row * n + column] *= inverse;
        }
      }
      int rest = n - to;
      int panel = from * n + to;
      kernel.subtractTransposedProduct(
          rest, rest, to - from, a, panel, n, a, panel, n, a, to * n + to, n, true);
    }
    return true;
  }

  /** B ← R⁻ᵀ B for the upper triangle R [n × n] and B [n × columns]. */
  private void solveTransposed(double[] r, int n, double[] b) {
    int columns = b.length / Math.max(1, n);
    for (int from = 0; from < n; from += STRIP) {
      int to = Math.min(n, from + STRIP);
      for (int row = from; row < to; row++) {
        for (int above = from; above < row; above++) {
          subtractRow(b, above * columns, row * columns, r[above * n + row], 0, columns);
        }
        double inverse = 1 / r[row * n + row];
        for (int column = 0; column < columns; column++) {
          b[row * columns + column] *= inverse;
        }
      }
      kernel.subtractTransposedProduct(
          n - to,
          columns,
          to - from,
          r,
          from * n + to,
          n,
          b,
          from * columns,
          columns,
          b,
          to * columns,
          columns,
          false);
    }
  }

  /** Row at {@code into} minus factor times row at {@code of}, for columns [first, end). */
  private static void subtractRow(double[] a, int of, int into, double factor, int first, int end) {
    for (int column = first; column < end; column++) {
      a[into + column] -= factor * a[of + column];
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
    double[] r = diagonal[step];
    int n = size[step];
    for (int row = 0; row < n; row++) {
      x[row] /= r[row * n + row];
      for (int column = row + 1; column < n; column++) {
        x[column] -= r[row * n + column] * x[row];
      }
    }
    for (int i = 0; i < coupling[step].length; i++) {
      double[] later = b[elimination.later(step).get(i)];
      double[] block = coupling[step][i];
      int columns = later.length;
      for (int row = 0; row < n; row++) {
        for (int column = 0; column < columns; column++) {
          later[column] -= block[row * columns + column] * x[row];
        }
      }
    }
  }

  /** x_k = R_kk⁻¹ (b_k − Σ_i R_ki x_i). */
  private void backward(int step, double[][] b) {
    double[] x = b[elimination.group(step)];
    double[] r = diagonal[step];
    int n = size[step];
    for (int i = 0; i < coupling[step].length; i++) {
      double[] later = b[elimination.later(step).get(i)];
      for (int row = 0; row < n; row++) {
        x[row] -= Dot.of(coupling[step][i], row * later.length, later, 0, later.length);
      }
    }
    for (int row = n - 1; row >= 0; row--) {
      double sum = Dot.of(r, row * n + row + 1, x, row + 1, n - row - 1);
      x[row] = (x[row] - sum) / r[row * n + row];
    }
  }
}
