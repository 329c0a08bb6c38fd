package org.attentionflow.barrier;

import org.attentionflow.dual.ArcRows;
import org.attentionflow.dual.Potentials;
import org.attentionflow.dual.StartingPoint;
import org.attentionflow.dual.Sums;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;

/**
 * Mehrotra's predictor–corrector method, aimed at the wanted μ from the start: it comes near the
 * solution in few steps however badly the network is scaled, and {@link
 * org.attentionflow.dual.PathFollowing} finishes.
 *
 * <p>Per arc with capacity u it keeps the flow f and the prices l and q of its two bounds; s = u −
 * f. With the reduced cost r = c + y_head − y_tail, the solution satisfies
 *
 * <pre>
 *   r − l + q = 0        f l = μ        s q = μ        every node balanced
 * </pre>
 *
 * The first holds at every step. Newton's method on the rest, with the products of the changes fed
 * back once (δ_l = Δf Δl and δ_q = −Δf Δq of the predictor), eliminates to
 *
 * <pre>
 *   1/c = l/f + q/s                        conductance c
 *   Δf  = −c (r + Δr − (μ − δ_l)/f + (μ − δ_q)/s)
 *   Δl  = (μ − δ_l − f l − l Δf)/f
 *   Δq  = (μ − δ_q − s q + q Δf)/s
 *   L Δy = imbalance(f − c (r − (μ − δ_l)/f + (μ − δ_q)/s))
 * </pre>
 *
 * An arc that is absent has a capacity of {@link #ABSENT} instead of 0: its conductance is then as
 * good as 0 and nothing divides by zero, so that every sweep runs over rows without branches.
 *
 * <p>Method: Mehrotra, On the implementation of a primal–dual interior point method, SIAM J. Optim.
 * 2 (1992). Three arrays of arcs. Not thread-safe.
 */
final class PrimalDual {
  /**
   * Stands for the capacity 0; far below any scaled capacity, and its conductance is about 1e-200.
   */
  private static final double ABSENT = 2e-100;

  /** Capacities times this, cut off at 1, tell present arcs (1) from absent ones (about 0). */
  private static final double PRESENCE = 1e90;

  /** The part of the way to the next bound that a step goes. */
  private static final double TO_BOUNDARY = 0.98;

  /** Where the bound is so much farther than a full step, the full step is taken. */
  private static final double ROOM_FOR_FULL_STEP = 1.1;

  /** A step of this length is long enough not to look for a better one. */
  private static final double LONG_STEP = 0.3;

  /** Steps shorter than this lead nowhere. */
  private static final double STALLED = 1e-3;

  /** Largest relative deviation of a product f l or s q from μ at which the point is near. */
  private static final double NEAR = 0.5;

  private static final double NEARLY_BALANCED = 1e-3;

  private final ArcRows arcs;
  private final BlockCholesky laplacian;
  private final double targetMu;
  private final double[][] potential;
  private final double[][][] flow;
  private final double[][][] lower;
  private final double[][][] upper;
  private final PrimalDualRow row;
  private double imbalance = 1;
  private double weight;
  private double primalLength;
  private double dualLength;
  private int steps;

  /**
   * Prepares a start.
   *
   * @param start the potentials, flow value and barrier parameter to start from
   */
  PrimalDual(ArcRows arcs, BlockCholesky laplacian, double targetMu, StartingPoint start) {
    this.arcs = arcs;
    this.laplacian = laplacian;
    this.targetMu = targetMu;
    potential = start.potential();
    int blocks = arcs.blockCount();
    flow = new double[blocks][][];
    lower = new double[blocks][][];
    upper = new double[blocks][][];
    row = new PrimalDualRow(arcs.widest());
    for (int block = 0; block < blocks; block++) {
      flow[block] = new double[arcs.rowCount(block)][arcs.width(block)];
      lower[block] = new double[arcs.rowCount(block)][arcs.width(block)];
      upper[block] = new double[arcs.rowCount(block)][arcs.width(block)];
      startBlock(block, start);
    }
  }

  /** The bytes that flows and prices of all arcs take. */
  static long bytes(FlowNetwork network) {
    long arcs = 1;
    for (ArcBlock block : network.blocks()) {
      arcs += block.capacity().values().length;
    }
    return 3 * arcs * Double.BYTES;
  }

  /** The flow value spread over the block by capacity; prices that fit the reduced costs. */
  private void startBlock(int block, StartingPoint start) {
    double total = 0;
    for (int i = 0; i < arcs.rowCount(block); i++) {
      load(block, i);
      total += Sums.sum(row.capacity, 0, arcs.width(block));
    }
    double part = Math.min(0.5, start.value() / total);
    for (int i = 0; i < arcs.rowCount(block); i++) {
      load(block, i);
      row.start(
          arcs.width(block), part, start.mu(), flow[block][i], lower[block][i], upper[block][i]);
    }
  }

  /**
   * Steps until the point is near the solution.
   *
   * @param limit the most steps
   * @return whether it got there; otherwise the point is of no use
   */
  boolean approach(int limit) {
    for (steps = 0; steps < limit; steps++) {
      double[][] base = arcs.zeros();
      double[][] byMu = arcs.zeros();
      assemble(base, byMu);
      if (row.deviation() <= NEAR && imbalance <= NEARLY_BALANCED) {
        return true;
      }
      if (!laplacian.prepare()) {
        return false;
      }
      laplacian.solveInPlace(base);
      laplacian.solveInPlace(byMu);
      step(base, byMu);
      if (!(Math.min(primalLength, dualLength) >= STALLED)) {
        return false;
      }
    }
    return false;
  }

  /** The steps taken. */
  int steps() {
    return steps;
  }

  /** Laplacian and right-hand sides: Δy is {@code base} + μ {@code byMu} without feedback. */
  private void assemble(double[][] base, double[][] byMu) {
    laplacian.clear();
    row.clear();
    for (int block = 0; block < arcs.blockCount(); block++) {
      int width = arcs.width(block);
      for (int i = 0; i < arcs.rowCount(block); i++) {
        load(block, i);
        row.assemble(width, flow[block][i], lower[block][i], upper[block][i], targetMu);
        arcs.addImbalance(block, i, row.first, base);
        arcs.addImbalance(block, i, row.second, byMu);
        arcs.addConductance(block, i, row.conductance, laplacian);
      }
    }
  }

  private void step(double[][] base, double[][] byMu) {
    double mu = row.product() / row.productCount();
    double count = row.productCount();
    double[][] predictor = plus(base, targetMu, byMu);
    double[][] feedback = arcs.zeros();
    row.clear();
    for (int block = 0; block < arcs.blockCount(); block++) {
      int width = arcs.width(block);
      for (int i = 0; i < arcs.rowCount(block); i++) {
        load(block, i);
        arcs.differences(block, i, predictor, row.change);
        row.predict(width, flow[block][i], lower[block][i], upper[block][i], targetMu);
        arcs.addImbalance(block, i, row.first, feedback);
      }
    }
    double primal = Math.min(1, row.primalStep());
    double dual = Math.min(1, row.dualStep());
    double predicted = row.product(mu * count, primal, dual) / count;
    double part = Math.max(0, Math.min(1, predicted / mu));
    double nextMu = Math.max(targetMu, part * part * part * mu);
    laplacian.solveInPlace(feedback);
    double[][] corrector = corrector(predictor, base, byMu, feedback, nextMu, primal * dual);
    correct(predictor, corrector, nextMu, weight, primalLength, dualLength);
    for (int group = 0; group < potential.length; group++) {
      for (int i = 0; i < potential[group].length; i++) {
        potential[group][i] += dualLength * corrector[group][i];
      }
    }
    imbalance *= 1 - primalLength;
  }

  /**
   * The corrected step. The feedback assumes that the predictor's step is taken in full; where only
   * a small part of it fits between the bounds it can do harm, and is then tried with the weight of
   * that part, and not at all. The first step that goes far enough is kept, or else the longest.
   */
  private double[][] corrector(
      double[][] predictor,
      double[][] base,
      double[][] byMu,
      double[][] feedback,
      double mu,
      double part) {
    double[][] best = base;
    double longest = -1;
    for (double trial : new double[] {1, part, 0}) {
      double[][] corrector = plus(plus(base, mu, byMu), trial, feedback);
      correct(predictor, corrector, mu, trial, 0, 0);
      double primal = length(row.primalStep());
      double dual = length(row.dualStep());
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

  /** Measures the corrected step, or takes it where the lengths are positive. */
  private void correct(
      double[][] predictor,
      double[][] corrector,
      double mu,
      double weight,
      double primal,
      double dual) {
    row.clear();
    for (int block = 0; block < arcs.blockCount(); block++) {
      int width = arcs.width(block);
      for (int i = 0; i < arcs.rowCount(block); i++) {
        load(block, i);
        arcs.differences(block, i, predictor, row.change);
        arcs.differences(block, i, corrector, row.secondChange);
        row.correct(
            width,
            flow[block][i],
            lower[block][i],
            upper[block][i],
            targetMu,
            mu,
            weight,
            primal,
            dual);
      }
    }
  }

  private static double length(double toBoundary) {
    return toBoundary >= ROOM_FOR_FULL_STEP ? 1 : Math.min(1, TO_BOUNDARY * toBoundary);
  }

  /** The potentials reached, as {@link ArcRows} keeps them. */
  double[][] potential() {
    return potential;
  }

  private void load(int block, int i) {
    arcs.capacities(block, i, row.capacity);
    arcs.costs(block, i, potential, row.cost);
    PrimalDualRow.replaceAbsent(arcs.width(block), row.capacity, ABSENT, PRESENCE, row.presence);
  }

  private static double[][] plus(double[][] x, double factor, double[][] y) {
    return Potentials.plus(x, factor, y);
  }
}
