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
  private static final float MARGIN = 1e-7f;

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

  /** What is done with the strips of rows. */
  private interface Sweep {
    /** Takes the heads of a strip, from a column of the block on. */
    default void columns(PrimalDualRow row, int block, int from, int count) {}

    /** The strip of one row, whose capacities, costs and parts are loaded. */
    void row(PrimalDualRow row, int chunk, int block, int i, int from, int count);
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
      rows[worker] = new PrimalDualRow();
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
    double[] capacity = new double[arcs.width(block)];
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
    float aim = (float) (targetMu / mu);
    float perMu = (float) (1 / mu);
    Sweep sweep =
        (row, chunk, block, i, from, count) -> {
          row.assemble(count, aim, perMu);
          sums.add(chunk, i, from, count, row.first);
          moreSums.add(chunk, i, from, count, row.second);
          arcs.addConductance(block, i, from, count, row.conductance, laplacian);
        };
    Measures now = Measures.NONE;
    for (int round = 0; round < chunks.rounds(); round++) {
      now = now.and(sweep(chunks.roundStart(round), chunks.roundStart(round + 1), sweep));
    }
    sums.join(towardsTarget);
    moreSums.join(byMu);
    for (double[] group : byMu) {
      for (int i = 0; i < group.length; i++) {
        group[i] /= mu;
      }
    }
    return now;
  }

  private void step(Measures now, double[][] predictor, double[][] byMu) {
    Measures predicted = predict(predictor);
    double[][] feedback = arcs.zeros();
    sums.join(feedback);
    double primal = Math.min(1, 1 / predicted.primalRatio());
    double dual = Math.min(1, 1 / predicted.dualRatio());
    // An absent arc has both products at μ and moves them to the wanted one.
    double gap = now.gap() - 2 * absentCount;
    double byDual = predicted.byDual() - 2 * (targetMu / mu - 1) * absentCount;
    double left =
        gap + primal * predicted.byPrimal() + dual * byDual + primal * dual * predicted.byBoth();
    double reach = Math.max(0, Math.min(1, left / gap));
    double nextMu = Math.max(targetMu, reach * reach * reach * mu);
    double[][] corrector = corrector(predictor, byMu, feedback, nextMu, primal * dual);
    move(predictor, corrector, nextMu);
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
      Measures measured = measure(predictor, corrector, nextMu, trial);
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

  private Measures predict(double[][] predictor) {
    float aim = (float) (targetMu / mu);
    return sweep(
        new Sweep() {
          @Override
          public void columns(PrimalDualRow row, int block, int from, int count) {
            changes(row.changes, block, predictor, from, count);
          }

          @Override
          public void row(PrimalDualRow row, int chunk, int block, int i, int from, int count) {
            row.changes.minus(tail(block, i, predictor), count, row.change);
            row.predict(count, aim);
            sums.add(chunk, i, from, count, row.first);
          }
        });
  }

  private Measures measure(
      double[][] predictor, double[][] corrector, double nextMu, double trial) {
    float aim = (float) (targetMu / mu);
    float nextAim = (float) (nextMu / mu);
    float feedback = (float) trial;
    return sweep(
        new CorrectedSweep(predictor, corrector) {
          @Override
          void corrected(PrimalDualRow row, int block, int i, int from, int count) {
            row.measure(count, aim, nextAim, feedback);
          }
        });
  }

  private void move(double[][] predictor, double[][] corrector, double nextMu) {
    float aim = (float) (targetMu / mu);
    float nextAim = (float) (nextMu / mu);
    float feedback = (float) weight;
    float length = (float) primalLength;
    sweep(
        new CorrectedSweep(predictor, corrector) {
          @Override
          void corrected(PrimalDualRow row, int block, int i, int from, int count) {
            row.move(count, aim, nextAim, feedback, length, MARGIN);
            System.arraycopy(row.part, 0, part[block][i], from, count);
          }
        });
  }

  /** A sweep that needs the changes of the predictor and of the corrected step. */
  private abstract class CorrectedSweep implements Sweep {
    private final double[][] predictor;
    private final double[][] corrector;

    CorrectedSweep(double[][] predictor, double[][] corrector) {
      this.predictor = predictor;
      this.corrector = corrector;
    }

    @Override
    public void columns(PrimalDualRow row, int block, int from, int count) {
      changes(row.changes, block, predictor, from, count);
      changes(row.secondChanges, block, corrector, from, count);
    }

    @Override
    public void row(PrimalDualRow row, int chunk, int block, int i, int from, int count) {
      row.changes.minus(tail(block, i, predictor), count, row.change);
      row.secondChanges.minus(tail(block, i, corrector), count, row.secondChange);
      corrected(row, block, i, from, count);
    }

    abstract void corrected(PrimalDualRow row, int block, int i, int from, int count);
  }

  /** The differences of a change of the potentials, in units of μ. */
  private void changes(StripDifferences into, int block, double[][] change, int from, int count) {
    double[] heads = change[arcs.head(block)];
    if (arcs.isDiagonal(block)) {
      into.load(heads, 0, change[arcs.tail(block)], from, count, 1 / mu);
    } else {
      into.load(heads, from, count, 1 / mu);
    }
  }

  /** What is to be subtracted at the heads of a row, in units of μ. */
  private double tail(int block, int i, double[][] change) {
    return arcs.isDiagonal(block) ? 0 : change[arcs.tail(block)][i] / mu;
  }

  private static double length(double ratio) {
    double toBoundary = 1 / ratio;
    return toBoundary >= ROOM_FOR_FULL_STEP ? 1 : Math.min(1, TO_BOUNDARY * toBoundary);
  }

  private Measures sweep(Sweep sweep) {
    return sweep(0, chunks.count(), sweep);
  }

  private Measures sweep(int first, int end, Sweep sweep) {
    workers.run(end - first, (worker, share) -> sweep(rows[worker], first + share, sweep));
    return Arrays.stream(measures, first, end).reduce(Measures.NONE, Measures::and);
  }

  private void sweep(PrimalDualRow row, int chunk, Sweep sweep) {
    row.clear();
    sums.clear(chunk);
    moreSums.clear(chunk);
    int width = arcs.width(chunks.block(chunk));
    for (int from = 0; from < width; from += PrimalDualRow.STRIP) {
      strip(row, chunk, from, Math.min(PrimalDualRow.STRIP, width - from), sweep);
    }
    measures[chunk] = row.measures();
  }

  /** A strip of columns of all rows of a chunk. */
  private void strip(PrimalDualRow row, int chunk, int from, int count, Sweep sweep) {
    int block = chunks.block(chunk);
    double shift = arcs.shift(block);
    double[] heads = potential[arcs.head(block)];
    double[] tails = potential[arcs.tail(block)];
    boolean isDiagonal = arcs.isDiagonal(block);
    if (isDiagonal) {
      row.costs.load(heads, shift, tails, from, count, 1 / mu);
    } else {
      row.costs.load(heads, from, count, 1 / mu);
    }
    sweep.columns(row, block, from, count);
    for (int i = chunks.from(chunk); i < chunks.to(chunk); i++) {
      arcs.capacities(block, i, from, count, row.capacity);
      row.costs.minus(isDiagonal ? 0 : (tails[i] - shift) / mu, count, row.cost);
      System.arraycopy(part[block][i], from, row.part, 0, count);
      sweep.row(row, chunk, block, i, from, count);
    }
  }
}
