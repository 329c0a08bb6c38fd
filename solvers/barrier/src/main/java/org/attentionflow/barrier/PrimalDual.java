package org.attentionflow.barrier;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;
import org.attentionflow.dual.ArcRows;
import org.attentionflow.dual.ArcStrip;
import org.attentionflow.dual.ImbalanceSums;
import org.attentionflow.dual.Potentials;
import org.attentionflow.dual.PrimalDualLoops;
import org.attentionflow.dual.PrimalDualStep;
import org.attentionflow.dual.PrimalDualTotals;
import org.attentionflow.dual.RowChunks;
import org.attentionflow.dual.StartingPoint;
import org.attentionflow.dual.Sums;
import org.attentionflow.dual.WorkerThreads;
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
 * <p>A step takes three sweeps over the arcs, shared among threads: the predictor's step; the
 * corrected step and how far it may go; and the step itself together with the Laplacian at the new
 * point. The results have the same bits for any number of threads.
 *
 * <p>Method: Mehrotra, On the implementation of a primal–dual interior point method, SIAM J. Optim.
 * 2 (1992). Four arrays of arcs. Not thread-safe.
 */
final class PrimalDual {
  /**
   * Stands for the capacity 0; far below any scaled capacity, and its conductance is about 1e-200.
   */
  private static final double ABSENT = 2e-100;

  /** The part of the way to the next bound that a step goes. */
  private static final double TO_BOUNDARY = 0.98;

  /** Where the bound is so much farther than a full step, the full step is taken. */
  private static final double ROOM_FOR_FULL_STEP = 1.1;

  /** A step of this length is long enough not to look for a better one. */
  private static final double LONG_STEP = 0.3;

  /** Steps shorter than this lead nowhere. */
  private static final double STALLED = 1e-3;

  /** Largest relative deviation of a product f l or s q from μ at which the point is near. */
  private static final double NEAR = 0.2;

  private static final double NEARLY_BALANCED = 1e-3;

  private final ArcRows arcs;
  private final ArcStrips strips;
  private final WorkerThreads workers;
  private final BlockCholesky laplacian;
  private final double targetMu;
  private final double[][] potential;

  /** [worker]. */
  private final PrimalDualLoops[] loops;

  private final ImbalanceSums firstSums;
  private final ImbalanceSums secondSums;
  private final double count;
  private final double[][] base;
  private final double[][] byMu;
  private final double[][] feedback;
  private PrimalDualTotals totals = PrimalDualTotals.NONE;
  private double imbalance = 1;
  private double weight;
  private double primalLength;
  private double dualLength;
  private int steps;

  /**
   * Prepares a start.
   *
   * @param workers the threads that share the sweeps
   * @param start the potentials, flow value and barrier parameter to start from
   * @param newLoops makes the arithmetic of one thread for strips of a length
   */
  PrimalDual(
      ArcRows arcs,
      WorkerThreads workers,
      BlockCholesky laplacian,
      double targetMu,
      StartingPoint start,
      IntFunction<PrimalDualLoops> newLoops) {
    this.arcs = arcs;
    this.laplacian = laplacian;
    this.targetMu = targetMu;
    RowChunks chunks = RowChunks.of(arcs);
    this.workers = joinsGroupsTwice(arcs) ? new WorkerThreads(1) : workers;
    strips = new ArcStrips(arcs, chunks, this.workers, ABSENT);
    potential = start.potential();
    loops = new PrimalDualLoops[this.workers.count()];
    for (int worker = 0; worker < loops.length; worker++) {
      loops[worker] = newLoops.apply(strips.longest());
    }
    firstSums = new ImbalanceSums(arcs, chunks);
    secondSums = new ImbalanceSums(arcs, chunks);
    base = arcs.zeros();
    byMu = arcs.zeros();
    feedback = arcs.zeros();
    double[] parts = parts(start.value());
    double[][] at = Potentials.padded(potential);
    sweep((of, strip) -> of.start(strip, at, parts[strip.block()], start.mu()));
    double bounds = 0;
    for (int strip = 0; strip < strips.count(); strip++) {
      bounds += 2 * strips.strip(strip).length();
    }
    count = bounds;
  }

  /** Whether two blocks join the same groups, so that threads could write to one conductance. */
  private static boolean joinsGroupsTwice(ArcRows arcs) {
    Set<Set<Integer>> joined = new HashSet<>();
    boolean isNew = true;
    for (int number = 0; number < arcs.blockCount(); number++) {
      isNew &= joined.add(Set.of(arcs.tail(number), arcs.head(number)));
    }
    return !isNew;
  }

  /** The bytes that capacities, flows and prices of all arcs take. */
  static long bytes(FlowNetwork network) {
    long arcs = 1;
    for (ArcBlock block : network.blocks()) {
      long width = ArcStrip.padded(block.capacity().columnCount());
      arcs += block.capacity().rowCount() * width;
    }
    return 4 * arcs * Double.BYTES;
  }

  /** The part of its capacity that each arc of a block carries when they share a flow value. */
  private double[] parts(double value) {
    double[] total = new double[arcs.blockCount()];
    for (int i = 0; i < strips.count(); i++) {
      ArcStrip strip = strips.strip(i);
      total[strip.block()] += Sums.sum(strip.capacity, 0, strip.length());
    }
    return Arrays.stream(total).map(sum -> Math.min(0.5, value / sum)).toArray();
  }

  /**
   * Steps until the point is near the solution.
   *
   * @param limit the most steps
   * @return whether it got there; otherwise the point is of no use
   */
  boolean approach(int limit) {
    laplacian.clear();
    double[][] at = Potentials.padded(potential);
    totals = sweep((of, strip) -> assemble(of, strip, at));
    for (steps = 0; steps < limit; steps++) {
      if (totals.deviation(targetMu) <= NEAR && imbalance <= NEARLY_BALANCED) {
        return true;
      }
      firstSums.join(base);
      secondSums.join(byMu);
      if (!laplacian.prepare()) {
        return false;
      }
      step();
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

  /** Predictor, corrected step, and the Laplacian where it leads. */
  private void step() {
    double mu = totals.product() / count;
    double[][] predictor = plus(base, targetMu, byMu);
    laplacian.solveInPlace(predictor);
    double[][] predicted = reached(1, predictor);
    PrimalDualStep predicting = new PrimalDualStep(predicted, predicted, targetMu, 0, 0, 0, 0);
    PrimalDualTotals found = sweep((of, strip) -> of.predict(strip, predicting, firstSums));
    firstSums.join(feedback);
    double primal = Math.min(1, 1 / found.primalRatio());
    double dual = Math.min(1, 1 / found.dualRatio());
    double part = Math.min(1, 1 - Math.sqrt(primal * dual) * (1 - targetMu / mu));
    double nextMu = Math.max(targetMu, part * part * part * mu);
    double[][] corrector = corrector(predicted, nextMu, primal * dual);
    PrimalDualStep taken =
        new PrimalDualStep(
            predicted, reached(1, corrector), targetMu, nextMu, weight, primalLength, dualLength);
    double[][] next = reached(dualLength, corrector);
    laplacian.clear();
    totals =
        sweep(
            (of, strip) -> {
              of.take(strip, taken);
              assemble(of, strip, next);
            });
    for (int group = 0; group < potential.length; group++) {
      System.arraycopy(next[group], 0, potential[group], 0, potential[group].length);
    }
    imbalance *= 1 - primalLength;
  }

  /** The potentials that a part of a step leads to. */
  private double[][] reached(double length, double[][] step) {
    return Potentials.padded(plus(potential, length, step));
  }

  /**
   * The corrected step. The feedback assumes that the predictor's step is taken in full; where only
   * a small part of it fits between the bounds it can do harm, and is then tried with the weight of
   * that part, and not at all. The first step that goes far enough is kept, or else the longest.
   *
   * <p>The potentials of all three come from two solutions: that of the whole right-hand side, and
   * where the first step is short, that of the feedback.
   */
  private double[][] corrector(double[][] predicted, double mu, double part) {
    double[][] whole = plus(plus(base, mu, byMu), -1, feedback);
    laplacian.solveInPlace(whole);
    measure(predicted, whole, mu, 1);
    if (Math.min(primalLength, dualLength) >= LONG_STEP) {
      return whole;
    }
    laplacian.solveInPlace(feedback);
    double[][] best = whole;
    for (double trial : new double[] {part, 0}) {
      double longest = Math.min(primalLength, dualLength);
      double[] before = {weight, primalLength, dualLength};
      double[][] corrector = plus(whole, 1 - trial, feedback);
      measure(predicted, corrector, mu, trial);
      if (Math.min(primalLength, dualLength) > longest) {
        best = corrector;
      } else {
        weight = before[0];
        primalLength = before[1];
        dualLength = before[2];
      }
      if (Math.min(primalLength, dualLength) >= LONG_STEP) {
        break;
      }
    }
    return best;
  }

  /** Sets the weight and the lengths of a corrected step. */
  private void measure(double[][] predicted, double[][] corrector, double mu, double weight) {
    PrimalDualStep step =
        new PrimalDualStep(predicted, reached(1, corrector), targetMu, mu, weight, 0, 0);
    PrimalDualTotals measured = sweep((of, strip) -> of.measure(strip, step));
    this.weight = weight;
    primalLength = length(1 / measured.primalRatio());
    dualLength = length(1 / measured.dualRatio());
  }

  private static double length(double toBoundary) {
    return toBoundary >= ROOM_FOR_FULL_STEP ? 1 : Math.min(1, TO_BOUNDARY * toBoundary);
  }

  /** The potentials reached, as {@link ArcRows} keeps them. */
  double[][] potential() {
    return potential;
  }

  /** What a sweep does with a strip. */
  @FunctionalInterface
  private interface Strip {
    void compute(PrimalDualLoops of, ArcStrip strip);
  }

  /** Runs over all arcs, with the threads, and joins the sums in the order of the tasks. */
  private PrimalDualTotals sweep(Strip work) {
    PrimalDualTotals[] parts = new PrimalDualTotals[strips.taskCount()];
    workers.run(
        parts.length,
        (worker, task) -> {
          loops[worker].clear();
          for (int chunk = strips.firstChunk(task); chunk < strips.firstChunk(task + 1); chunk++) {
            firstSums.clear(chunk);
            secondSums.clear(chunk);
            for (int strip = strips.first(chunk); strip < strips.first(chunk + 1); strip++) {
              work.compute(loops[worker], strips.strip(strip));
            }
          }
          parts[task] = loops[worker].totals();
        });
    PrimalDualTotals all = PrimalDualTotals.NONE;
    for (PrimalDualTotals part : parts) {
      all = all.and(part);
    }
    return all;
  }

  /** Laplacian and right-hand sides: Δy is L⁻¹ ({@code base} + μ {@code byMu}) without feedback. */
  private void assemble(PrimalDualLoops of, ArcStrip strip, double[][] at) {
    of.assemble(strip, at, firstSums, secondSums);
    addConductances(strip, of.coupling);
  }

  private void addConductances(ArcStrip strip, double[] coupling) {
    int tail = strip.tail();
    int head = strip.head();
    int width = arcs.width(strip.block());
    if (strip.isDiagonal()) {
      for (int j = 0; j < width; j++) {
        laplacian.add(tail, j, head, j, -coupling[j]);
      }
      return;
    }
    laplacian.addCouplings(
        tail, strip.firstRow(), strip.rows(), head, width, coupling, strip.stride());
  }

  private static double[][] plus(double[][] x, double factor, double[][] y) {
    return Potentials.plus(x, factor, y);
  }
}
