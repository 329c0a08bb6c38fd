package org.attentionflow.laplacian;

import java.util.Arrays;
import org.attentionflow.dual.ArcRows;
import org.attentionflow.dual.DualEvaluation;
import org.attentionflow.dual.ImbalanceSums;
import org.attentionflow.dual.LaplacianSolver;
import org.attentionflow.dual.Potentials;
import org.attentionflow.dual.RowChunks;
import org.attentionflow.dual.StartingPoint;
import org.attentionflow.dual.Sums;
import org.attentionflow.dual.WorkerThreads;
import org.attentionflow.laplacian.PrimalDualRow.Measures;

/**
 * A predictor–corrector method that comes near the solution for the wanted μ in few steps, however
 * many arcs there are, and keeps one 32-bit number per arc: φ = f/u, the part of the capacity that
 * is used. {@link org.attentionflow.dual.PathFollowing} finishes in full accuracy.
 *
 * <p>At the solution the reduced cost r of an arc is the difference l − q of the prices of its two
 * bounds, with f l = μ and (u − f) q = μ. Usual methods keep f, l and q and let them meet these
 * equations only in the end. Here the prices are not kept: after each step they follow from f, r
 * and the present μ by
 *
 * <pre>
 *   l − q = r        f l · (u − f) q = μ²
 * </pre>
 *
 * which has one positive solution for any f within its bounds and any r. So each product is off by
 * the inverse of what the other is off by, and both come right together. A step is Mehrotra's:
 * Newton's method for f l = μ', (u − f) q = μ' and a balanced flow, first towards the wanted μ',
 * then corrected by the products of the changes and towards a μ' that the first has shown to be in
 * reach.
 *
 * <p>The systems are solved iteratively and roughly; whatever imbalance is left stands in the
 * right-hand side of the next step.
 *
 * <p>Source: Mehrotra, On the implementation of a primal–dual interior point method, SIAM J. Optim.
 * 2 (1992), for the step. Not thread-safe.
 */
final class PrimalDual {
  /** How far the error of the predictor and of the corrector is reduced, in the energy norm. */
  private static final double REDUCTION = 0.03;

  /** The part of the way to the next bound that a step goes. */
  private static final double TO_BOUNDARY = 0.98;

  /** Where the bound is so much farther than a full step, the full step is taken. */
  private static final double ROOM_FOR_FULL_STEP = 1.1;

  /** A step of this length is long enough not to look for a better one. */
  private static final double LONG_STEP = 0.3;

  /** Steps shorter than this lead nowhere. */
  private static final double STALLED = 1e-3;

  /** The most steps: several times what is ever needed. */
  private static final int LIMIT = 50;

  /** The Newton decrement of the dual at which the point is near: its steps then converge. */
  private static final double NEAR = 1;

  /** Parts stay so far from 0 and 1 in 32 bits, whose distance to 1 is at least 6e-8. */
  private static final double MARGIN = 1e-7;

  private final ArcRows arcs;
  private final WorkerThreads workers;
  private final LaplacianSolver laplacian;
  private final double targetMu;
  private final RowChunks chunks;
  private final ImbalanceSums sums;
  private final ImbalanceSums moreSums;
  private final PrimalDualRow[] rows;
  private final Measures[] measures;
  private final float[][][] part;
  private final double absentCount;
  private final double productCount;
  private double[][] potential;
  private double mu;
  private double weight;
  private double primalLength;
  private double dualLength;
  private int steps;

  /** What is done with a row that is loaded. */
  @FunctionalInterface
  private interface Sweep {
    void row(PrimalDualRow row, int chunk, int block, int i);
  }

  /**
   * Prepares a start.
   *
   * @param arcCount the number of arcs with a positive capacity, the return arc included
   * @param start the potentials, flow value and barrier parameter to start from
   */
  PrimalDual(
      ArcRows arcs,
      WorkerThreads workers,
      LaplacianSolver laplacian,
      double targetMu,
      long arcCount,
      StartingPoint start) {
    this.arcs = arcs;
    this.workers = workers;
    this.laplacian = laplacian;
    this.targetMu = targetMu;
    chunks = RowChunks.of(arcs);
    sums = new ImbalanceSums(arcs, chunks);
    moreSums = new ImbalanceSums(arcs, chunks);
    measures = new Measures[chunks.count()];
    rows = new PrimalDualRow[workers.count()];
    for (int worker = 0; worker < rows.length; worker++) {
      rows[worker] = new PrimalDualRow(arcs.widest());
    }
    potential = start.potential();
    mu = start.mu();
    part = new float[arcs.blockCount()][][];
    double slots = 0;
    for (int block = 0; block < part.length; block++) {
      part[block] = new float[arcs.rowCount(block)][arcs.width(block)];
      slots += (double) arcs.rowCount(block) * arcs.width(block);
      startBlock(block, start.value());
    }
    absentCount = slots - arcCount;
    productCount = 2.0 * arcCount;
  }

  /** The flow value spread over the block by capacity. */
  private void startBlock(int block, double value) {
    double[] capacity = rows[0].capacity;
    double total = 0;
    for (int i = 0; i < arcs.rowCount(block); i++) {
      arcs.capacities(block, i, capacity);
      total += Sums.sum(capacity, 0, arcs.width(block));
    }
    float share = (float) Math.max(MARGIN, Math.min(0.5, value / total));
    for (int i = 0; i < arcs.rowCount(block); i++) {
      arcs.capacities(block, i, capacity);
      for (int j = 0; j < arcs.width(block); j++) {
        part[block][i][j] = capacity[j] > 0 ? share : 0.5f;
      }
    }
  }

  /**
   * Steps until the point is near the solution.
   *
   * @param limit the most steps
   * @return whether it got there; otherwise the point is of no use
   */
  boolean approach(int limit) {
    DualEvaluation dual = new DualEvaluation(arcs, workers);
    for (steps = 0; steps < Math.min(limit, LIMIT); steps++) {
      double[][] towardsTarget = arcs.zeros();
      double[][] byMu = arcs.zeros();
      Measures now = assemble(towardsTarget, byMu);
      if (!laplacian.prepare()) {
        return false;
      }
      if (mu == targetMu && isNear(dual.imbalanceAt(potential, targetMu))) {
        return true;
      }
      step(now, laplacian.solve(towardsTarget, REDUCTION), byMu);
      if (!(Math.min(primalLength, dualLength) >= STALLED)) {
        return false;
      }
    }
    return false;
  }

  /** Whether Newton's method on the dual converges from here: its decrement tells. */
  private boolean isNear(double[][] imbalance) {
    double square = Potentials.inner(laplacian.estimate(imbalance), imbalance) / targetMu;
    return square <= NEAR * NEAR;
  }

  /** The steps taken. */
  int steps() {
    return steps;
  }

  /** The potentials reached, as {@link ArcRows} keeps them. */
  double[][] potential() {
    return potential;
  }

  private Measures assemble(double[][] towardsTarget, double[][] byMu) {
    laplacian.clear();
    Measures now =
        sweep(
            (row, chunk, block, i) -> {
              row.assemble(arcs.width(block), mu, targetMu);
              sums.add(chunk, i, row.first);
              moreSums.add(chunk, i, row.second);
              arcs.addConductance(block, i, row.conductance, laplacian);
            });
    sums.join(towardsTarget);
    moreSums.join(byMu);
    return now;
  }

  private void step(Measures now, double[][] predictor, double[][] byMu) {
    Measures predicted =
        sweep(
            (row, chunk, block, i) -> {
              arcs.differences(block, i, predictor, row.change);
              row.predict(arcs.width(block), mu, targetMu);
              sums.add(chunk, i, row.first);
            });
    double[][] feedback = arcs.zeros();
    sums.join(feedback);
    double primal = Math.min(1, 1 / predicted.primalRatio());
    double dual = Math.min(1, 1 / predicted.dualRatio());
    // An absent arc has both products at μ and moves them to the wanted one.
    double gap = now.gap() - 2 * mu * absentCount;
    double byDual = predicted.byDual() - 2 * (targetMu - mu) * absentCount;
    double left =
        gap + primal * predicted.byPrimal() + dual * byDual + primal * dual * predicted.byBoth();
    double reach = Math.max(0, Math.min(1, left / gap));
    double nextMu = Math.max(targetMu, reach * reach * reach * mu);
    double[][] corrector = corrector(predictor, byMu, feedback, nextMu, primal * dual);
    correct(predictor, corrector, nextMu, weight, primalLength);
    potential = Potentials.plus(potential, dualLength, corrector);
    mu = Math.max(nextMu, (1 - Math.min(primalLength, dualLength)) * mu);
  }

  /**
   * The corrected step. The feedback assumes that the predictor's step is taken in full; where only
   * a small part of it fits between the bounds it can do harm, and is then tried with the weight of
   * that part, and not at all. The first step that goes far enough is kept, or else the longest.
   */
  private double[][] corrector(
      double[][] predictor, double[][] byMu, double[][] feedback, double nextMu, double share) {
    double[][] best = predictor;
    double longest = -1;
    for (double trial : new double[] {1, share, 0}) {
      double[][] right = arcs.zeros();
      for (int group = 0; group < right.length; group++) {
        for (int i = 0; i < right[group].length; i++) {
          right[group][i] = trial * feedback[group][i] + (nextMu - targetMu) * byMu[group][i];
        }
      }
      double[][] corrector = Potentials.plus(predictor, 1, laplacian.solve(right, REDUCTION));
      Measures measured = correct(predictor, corrector, nextMu, trial, 0);
      double primal = length(measured.primalRatio());
      double dual = length(measured.dualRatio());
      if (Math.min(primal, dual) > longest) {
        longest = Math.min(primal, dual);
        best = corrector;
        weight = trial;
        primalLength = primal;
        dualLength = dual;
      }
      if (longest >= LONG_STEP) {
        break;
      }
    }
    return best;
  }

  /** Measures the corrected step, or takes it where the length is positive. */
  private Measures correct(
      double[][] predictor, double[][] corrector, double nextMu, double trial, double length) {
    return sweep(
        (row, chunk, block, i) -> {
          int width = arcs.width(block);
          arcs.differences(block, i, predictor, row.change);
          arcs.differences(block, i, corrector, row.secondChange);
          row.correct(width, mu, targetMu, nextMu, trial, length);
          if (length > 0) {
            row.keepInside(width, MARGIN);
            store(row.part, part[block][i]);
          }
        });
  }

  private static void store(double[] from, float[] into) {
    for (int j = 0; j < into.length; j++) {
      into[j] = (float) from[j];
    }
  }

  private static double length(double ratio) {
    double toBoundary = 1 / ratio;
    return toBoundary >= ROOM_FOR_FULL_STEP ? 1 : Math.min(1, TO_BOUNDARY * toBoundary);
  }

  private Measures sweep(Sweep sweep) {
    workers.run(
        chunks.count(),
        (worker, chunk) -> {
          PrimalDualRow row = rows[worker];
          int block = chunks.block(chunk);
          row.clear();
          sums.clear(chunk);
          moreSums.clear(chunk);
          for (int i = chunks.from(chunk); i < chunks.to(chunk); i++) {
            arcs.capacities(block, i, row.capacity);
            arcs.costs(block, i, potential, row.cost);
            row.load(part[block][i], arcs.width(block));
            sweep.row(row, chunk, block, i);
          }
          measures[chunk] = row.measures();
        });
    return Arrays.stream(measures).reduce(Measures.NONE, Measures::and);
  }
}
