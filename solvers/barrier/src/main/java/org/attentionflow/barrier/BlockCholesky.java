package org.attentionflow.barrier;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.attentionflow.dual.ArcLoops;
import org.attentionflow.dual.DenseKernel;
import org.attentionflow.dual.LaplacianSolver;
import org.attentionflow.dual.Potentials;
import org.attentionflow.dual.WorkerThreads;
import org.attentionflow.network.FlowNetwork;

/**
 * The Laplacian of a network's conductances and its block Cholesky factor, in the order of an
 * {@link Elimination}. Row panel k of the factor R holds an upper triangle for the group eliminated
 * at step k, one dense block [group × later group] for each later neighbour and one column for the
 * super-sink:
 *
 * <pre>
 *   for each step k:   A_kk = R_kkᵀ R_kk,   R_ki = R_kk⁻ᵀ A_ki,   A_ij ← A_ij − R_kiᵀ R_kj
 * </pre>
 *
 * <p>Conductances span twenty decades and more, and a group of nodes may hang on the rest by 1e-20
 * of what joins them; a diagonal entry found by subtraction would then be noise. So no diagonal
 * entry is ever subtracted from: rows of a Laplacian sum to 0, before and after elimination, and
 * the pivot is minus the sum of the other entries of its row ({@link Panel}). Those are negative
 * and only ever grow in size, so nothing cancels anywhere and every entry of R is accurate to a few
 * roundings.
 *
 * <p>Therefore 32 bits do for the blocks. Rows of R sum to 0 too, and the diagonal, in 64 bits, is
 * made to keep that. If rounding changes the entries beside it by parts ε of themselves, RᵀR is L
 * to within some ε√n of itself in every direction, whatever the condition of L: a few 1e-6. That
 * costs Newton's method nothing: a step only has to square its error down to there, and the next
 * one sees in 64 bits what is left. A node all of whose capacities are below some 1e-24 of the
 * largest can be lost in 32 bits, and then no step is found.
 *
 * <p>A chain is eliminated from both ends at once, which meet in the middle: two threads take a
 * half each, in the factorisation and in solves. In the rest, and where there are more threads,
 * they share columns of R_ki and rows of A_ij. The bits do not depend on their number.
 *
 * <p>About 7/3·l·t³ flops and 2·l·t² numbers of 32 bits for a chain of l groups of t nodes. Not
 * thread-safe.
 *
 * <p>Source: Grassmann, Taksar and Heyman, Regenerative analysis and steady state distributions for
 * Markov chains, Oper. Res. 33 (1985), for the pivots; George and Liu, Computer Solution of Large
 * Sparse Positive Definite Systems, 1981, for the rest; van der Vorst, Large tridiagonal and block
 * tridiagonal linear systems on vector and parallel computers, Parallel Computing 5 (1987), for
 * both ends at once.
 */
final class BlockCholesky implements LaplacianSolver {
  /**
   * Conductances are kept times this. The largest, at most some 1e17 for capacities of 1e4 and μ of
   * 1e-6, then stay below 1e38, and an entry a / √pivot of R above 1e-38 for a from some 1e-45 on.
   */
  private static final double UNIT = 0x1p64;

  private final Elimination elimination;
  private final WorkerThreads workers;
  private final int sink;
  private final int[] size;

  /** [step]: the steps of the later neighbours, without the super-sink, in their order. */
  private final int[][] later;

  /** [step][row][column]: what stands above the diagonal; the rest is not used. */
  private final float[][][] triangle;

  /** [step][row]: the diagonal of R. */
  private final double[][] diagonal;

  /** [step][later neighbour][row][column]. */
  private final float[][][][] coupling;

  /** [step][row]: the column of the super-sink. */
  private final double[][] ground;

  /** Shares its work among the threads. */
  private final Panel shared;

  /** Works on the calling thread alone. */
  private final Panel alone;

  BlockCholesky(
      FlowNetwork network, Elimination elimination, DenseKernel kernel, WorkerThreads workers) {
    this.elimination = elimination;
    this.workers = workers;
    sink = network.sink();
    int steps = elimination.stepCount();
    size = new int[steps];
    later = new int[steps][];
    triangle = new float[steps][][];
    diagonal = new double[steps][];
    coupling = new float[steps][][][];
    ground = new double[steps][];
    for (int step = 0; step < steps; step++) {
      size[step] = network.groups().get(elimination.group(step)).size();
    }
    for (int step = 0; step < steps; step++) {
      List<Integer> groups = elimination.later(step);
      later[step] =
          groups.stream().filter(group -> group != sink).mapToInt(elimination::step).toArray();
      triangle[step] = new float[size[step]][size[step]];
      diagonal[step] = new double[size[step]];
      ground[step] = new double[size[step]];
      coupling[step] = new float[later[step].length][][];
      for (int i = 0; i < later[step].length; i++) {
        coupling[step][i] = new float[size[step]][size[later[step][i]]];
      }
    }
    shared = new Panel(kernel, workers);
    alone = new Panel(kernel, new WorkerThreads(1));
  }

  /** The bytes that the arrays of a factor take. */
  static long bytes(FlowNetwork network) {
    Elimination elimination = Elimination.of(network);
    long entries = 0;
    long rows = 0;
    for (int step = 0; step < elimination.stepCount(); step++) {
      long size = network.groups().get(elimination.group(step)).size();
      rows += size;
      entries += size * size;
      for (int later : elimination.later(step)) {
        entries += later == network.sink() ? 0 : size * network.groups().get(later).size();
      }
    }
    return entries * Float.BYTES + 2 * rows * Double.BYTES;
  }

  /** Sets all conductances to zero. */
  @Override
  public void clear() {
    workers.run(
        size.length,
        (worker, step) -> {
          clear(triangle[step]);
          for (float[][] block : coupling[step]) {
            clear(block);
          }
          Arrays.fill(ground[step], 0);
        });
  }

  private static void clear(float[][] rows) {
    for (float[] row : rows) {
      Arrays.fill(row, 0);
    }
  }

  /** Joins two nodes of different groups by a conductance ≥ 0, beside what already joins them. */
  @Override
  public void add(int group, int member, int other, int otherMember, double conductance) {
    int step = elimination.step(group);
    int otherStep = elimination.step(other);
    if (group == sink || other == sink) {
      int joined = Math.min(step, otherStep);
      ground[joined][group == sink ? otherMember : member] -= conductance * UNIT;
    } else if (step < otherStep) {
      block(step, otherStep)[member][otherMember] -= (float) (conductance * UNIT);
    } else {
      block(otherStep, step)[otherMember][member] -= (float) (conductance * UNIT);
    }
  }

  /** Joins a node to each of the first nodes of another group, by {@code count} conductances. */
  @Override
  public void addRow(int group, int member, int other, int count, double[] conductance) {
    int step = elimination.step(group);
    int otherStep = elimination.step(other);
    if (group != sink && other != sink && step < otherStep) {
      float[] into = block(step, otherStep)[member];
      for (int column = 0; column < count; column++) {
        into[column] -= (float) (conductance[column] * UNIT);
      }
    } else if (group != sink && other != sink) {
      float[][] into = block(otherStep, step);
      for (int column = 0; column < count; column++) {
        into[column][member] -= (float) (conductance[column] * UNIT);
      }
    } else {
      for (int column = 0; column < count; column++) {
        add(group, member, other, column, conductance[column]);
      }
    }
  }

  @Override
  public void addRows(int group, int first, int other, ArcLoops strip, double[] row) {
    int step = elimination.step(group);
    int otherStep = elimination.step(other);
    if (group == sink || other == sink || step < otherStep) {
      LaplacianSolver.super.addRows(group, first, other, strip, row);
      return;
    }
    float[][] others = block(otherStep, step);
    double[] conductance = strip.conductances();
    for (int j = 0; j < strip.width(); j++) {
      float[] into = others[j];
      for (int i = 0; i < strip.rows(); i++) {
        into[first + i] -= (float) (conductance[i * strip.stride() + j] * UNIT);
      }
    }
  }

  /** The block of two steps: rows are the members of the group that is eliminated first. */
  private float[][] block(int first, int second) {
    for (int i = 0; i < later[first].length; i++) {
      if (later[first][i] == second) {
        return coupling[first][i];
      }
    }
    throw new IllegalArgumentException("No block joins steps " + first + " and " + second + ".");
  }

  /**
   * Factors the matrix in place.
   *
   * @return whether every node is joined to the super-sink, by conductances that are numbers
   */
  @Override
  public boolean prepare() {
    AtomicBoolean isDefinite = new AtomicBoolean(true);
    inHalves(
        (panel, first, end) -> {
          for (int step = first; step < end && isDefinite.get(); step++) {
            if (!factor(step, panel)) {
              isDefinite.set(false);
              return;
            }
            updateLater(step, panel, step, rest());
          }
        });
    if (!isDefinite.get()) {
      return false;
    }
    for (int step = 0; step < rest(); step++) {
      updateLater(step, shared, rest(), size.length);
    }
    for (int step = rest(); step < size.length; step++) {
      if (!factor(step, shared)) {
        return false;
      }
      updateLater(step, shared, step, size.length);
    }
    return true;
  }

  /** Work on the steps [first, end) with a panel. */
  @FunctionalInterface
  private interface Half {
    void compute(Panel panel, int first, int end);
  }

  /** The step that follows both halves. */
  private int rest() {
    return elimination.secondEnd();
  }

  /** Works on both halves, at once if there are threads for that and none is left idle. */
  private void inHalves(Half work) {
    int[] bounds = {0, elimination.firstEnd(), elimination.secondEnd()};
    if (bounds[2] == 0) {
      return;
    }
    if (workers.takeHalves()) {
      workers.run(2, (worker, half) -> work.compute(alone, bounds[half], bounds[half + 1]));
    } else {
      work.compute(shared, bounds[0], bounds[1]);
      work.compute(shared, bounds[1], bounds[2]);
    }
  }

  /** R_kk, and R_ki = R_kk⁻ᵀ A_ki for all later neighbours. */
  private boolean factor(int step, Panel panel) {
    if (!panel.factor(triangle[step], diagonal[step], coupling[step], ground[step])) {
      return false;
    }
    for (float[][] block : coupling[step]) {
      panel.solve(triangle[step], diagonal[step], block);
    }
    panel.balance(triangle[step], diagonal[step], coupling[step], ground[step]);
    return true;
  }

  /**
   * A_ij ← A_ij − R_kiᵀ R_kj for all pairs of later neighbours i ≤ j, and the same for the
   * super-sink, where i is one of the steps [first, end).
   */
  private void updateLater(int step, Panel panel, int first, int end) {
    for (int i = 0; i < later[step].length; i++) {
      int at = later[step][i];
      if (at < first || at >= end) {
        continue;
      }
      float[][] left = coupling[step][i];
      Panel.subtractTransposed(left, ground[step], ground[at]);
      for (int j = i; j < later[step].length; j++) {
        float[][] into = i == j ? triangle[at] : block(at, later[step][j]);
        panel.update(left, coupling[step][j], into, i == j);
      }
    }
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
    double[][] x = Potentials.copy(b);
    solveInPlace(x);
    return x;
  }

  /** Solves L x = b with the factor; overwrites b. */
  void solveInPlace(double[][] b) {
    for (double[] group : b) {
      for (int i = 0; i < group.length; i++) {
        group[i] *= UNIT;
      }
    }
    inHalves(
        (panel, first, end) -> {
          for (int step = first; step < end; step++) {
            Panel.solveTransposed(triangle[step], diagonal[step], b[elimination.group(step)]);
            forward(step, b, step, rest());
          }
        });
    for (int step = 0; step < rest(); step++) {
      forward(step, b, rest(), size.length);
    }
    for (int step = rest(); step < size.length; step++) {
      Panel.solveTransposed(triangle[step], diagonal[step], b[elimination.group(step)]);
      forward(step, b, step, size.length);
    }
    Arrays.fill(b[sink], 0);
    for (int step = size.length - 1; step >= rest(); step--) {
      backward(step, b, shared);
    }
    inHalves(
        (panel, first, end) -> {
          for (int step = end - 1; step >= first; step--) {
            backward(step, b, panel);
          }
        });
  }

  /** After x_k = R_kk⁻ᵀ b_k: b_i ← b_i − R_kiᵀ x_k where i is one of the steps [first, end). */
  private void forward(int step, double[][] b, int first, int end) {
    double[] x = b[elimination.group(step)];
    for (int i = 0; i < later[step].length; i++) {
      int at = later[step][i];
      if (at >= first && at < end) {
        Panel.subtractTransposed(coupling[step][i], x, b[elimination.group(at)]);
      }
    }
  }

  /** x_k = R_kk⁻¹ (b_k − Σ_i R_ki x_i). */
  private void backward(int step, double[][] b, Panel panel) {
    double[] x = b[elimination.group(step)];
    for (int i = 0; i < later[step].length; i++) {
      panel.subtractProduct(coupling[step][i], b[elimination.group(later[step][i])], x);
    }
    Panel.solveUpper(triangle[step], diagonal[step], x);
  }
}
