package org.attentionflow.barrier;

import org.attentionflow.dual.ArcRows;
import org.attentionflow.dual.DualEvaluation;
import org.attentionflow.dual.Potentials;
import org.attentionflow.dual.StartingPoint;
import org.attentionflow.flow.ArcFlow;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolution.Outcome;
import org.attentionflow.network.FlowNetwork;

/**
 * Newton's method on the dual along the central path, the curve of solutions y(μ) for falling μ.
 *
 * <pre>
 *   g  imbalance at (y, μ)      L  Laplacian of the conductances      e  unit vector of the super-source
 *
 *   Newton step     d = L⁻¹ g                 decrement   λ = √(gᵀd / μ)
 *   tangent         dy/dμ = (y − c_return L⁻¹ e) / μ
 * </pre>
 *
 * The dual function is μ times a self-concordant one: λ is small only near the solution for μ,
 * where a full step squares it; and it bounds the relative error of every arc's distance to its
 * bounds. So once λ is below {@link #NEAR_PATH}, the Newton step is joined with a move along the
 * tangent to a smaller μ, as small as still leaves the decrement moderate; before that the Newton
 * step is taken with a line search on the directional derivative.
 *
 * <p>Everything is computed for capacities divided by the largest one.
 */
final class PathFollowing {
  /** The barrier parameter to start from, unless the wanted one is larger. */
  private static final double FIRST_MU = 0.1;

  /**
   * Below this decrement the point is near enough to the path to move along it: from 1 on a full
   * Newton step of a self-concordant function may lead anywhere.
   */
  private static final double NEAR_PATH = 1;

  /** The decrement that a move along the path may leave, measured with the factor at hand. */
  private static final double FAR_FROM_PATH = 3;

  /** The first factor tried for μ. */
  private static final double FIRST_SHRINK = 0.1;

  /** A move that shrinks μ by no more than this factor is made whatever decrement it leaves. */
  private static final double LEAST_SHRINK = 0.7;

  /** A full Newton step from a smaller decrement needs no line search. */
  private static final double FULL_STEP = 0.25;

  /**
   * The line search ends when the directional derivative has fallen to this part, or below 0 so.
   */
  private static final double SLOPE_REDUCTION = 0.1;

  private static final int LINE_SEARCH_LIMIT = 40;

  /** The next factor tried is this part of one that was accepted at once. */
  private static final double BOLDER = 0.5;

  private static final double SMALLEST_SHRINK = 0.01;

  /** After a full step from this decrement the next, about its square, is good enough. */
  private static final double CONVERGED_DECREMENT = 3e-5;

  /** The imbalance that is aimed at, as a part of the tolerance. */
  private static final double RESERVE = 0.1;

  /** A full step that leaves more than this part of the imbalance is held up by rounding. */
  private static final double PROGRESS = 0.5;

  private final FlowProblem problem;
  private final FlowNetwork network;
  private final double scale;
  private double barrierParameter;
  private double targetMu;
  private final ArcRows arcs;
  private final BlockCholesky laplacian;
  private final DualEvaluation dual;
  private double[][] potential;
  private double mu;
  private double shrink = FIRST_SHRINK;
  private int approachSteps;

  PathFollowing(FlowProblem problem, DenseKernel kernel) {
    this.problem = problem;
    network = problem.network();
    scale = 1 / network.largestCapacity();
    barrierParameter = problem.barrierParameter();
    targetMu = barrierParameter * scale;
    arcs = new ArcRows(network, scale);
    laplacian = new BlockCholesky(network, Elimination.of(network), kernel);
    dual = new DualEvaluation(arcs);
    StartingPoint start = new StartingPoint(network, arcs, scale, Math.max(targetMu, FIRST_MU));
    PrimalDual primalDual = new PrimalDual(arcs, laplacian, targetMu, start);
    boolean isNear = primalDual.approach(problem.settings().iterationLimit());
    approachSteps = primalDual.steps();
    potential = isNear ? primalDual.potential() : start.potential();
    mu = isNear ? targetMu : start.mu();
  }

  /** Follows the path to the wanted barrier parameter and on to the tolerances. */
  FlowSolution solve() {
    double decrement = Double.POSITIVE_INFINITY;
    double lastImbalance = Double.POSITIVE_INFINITY;
    for (int steps = approachSteps; ; steps++) {
      dual.evaluate(potential, mu, laplacian);
      double largest = dual.largestImbalance();
      if (mu == targetMu && decrement <= CONVERGED_DECREMENT) {
        boolean isExact = largest <= RESERVE * problem.settings().conservationTolerance();
        boolean isStuck = largest > lastImbalance * PROGRESS;
        if (isExact || isStuck) {
          boolean isGood = largest <= problem.settings().conservationTolerance();
          return solution(isGood ? Outcome.CONVERGED : Outcome.NUMERICAL_TROUBLE, steps);
        }
      }
      if (steps == problem.settings().iterationLimit()) {
        return solution(Outcome.ITERATION_LIMIT, steps);
      }
      if (!laplacian.factor()) {
        return solution(Outcome.NUMERICAL_TROUBLE, steps);
      }
      double[][] newton = solveFor(dual.imbalance());
      decrement = decrement(newton, dual.imbalance(), mu);
      lastImbalance = largest;
      if (mu > targetMu && decrement < NEAR_PATH) {
        moveAlongPath(newton);
        // It was measured at the larger μ, and says nothing about the point at the smaller one.
        decrement = Double.POSITIVE_INFINITY;
      } else {
        moveTowardsPath(newton, decrement);
      }
    }
  }

  /**
   * Follows the path from the last solution, which converged, on to a smaller barrier parameter.
   *
   * @param barrierParameter μ, absolute
   */
  FlowSolution solveNext(double barrierParameter) {
    this.barrierParameter = barrierParameter;
    targetMu = barrierParameter * scale;
    shrink = FIRST_SHRINK;
    approachSteps = 0;
    return solve();
  }

  /** The Newton step together with a move to a smaller μ along the tangent. */
  private void moveAlongPath(double[][] newton) {
    double[][] tangent = tangent();
    double factor = shrink;
    for (int trial = 0; ; trial++) {
      double nextMu = Math.max(targetMu, mu * factor);
      double[][] next =
          Potentials.plus(Potentials.plus(potential, 1, newton), nextMu / mu - 1, tangent);
      double[][] imbalance = dual.imbalanceAt(next, nextMu);
      double decrement = decrement(solveFor(imbalance), imbalance, nextMu);
      if (decrement <= FAR_FROM_PATH || factor >= LEAST_SHRINK) {
        shrink = trial == 0 ? Math.max(SMALLEST_SHRINK, factor * BOLDER) : factor;
        potential = next;
        mu = nextMu;
        return;
      }
      factor = Math.sqrt(factor);
    }
  }

  /** The Newton step at the present μ, shortened where the dual function turns. */
  private void moveTowardsPath(double[][] newton, double decrement) {
    double slope = decrement * decrement * mu;
    double length = 1;
    double[][] next = Potentials.plus(potential, length, newton);
    for (int i = 0; decrement > FULL_STEP && i < LINE_SEARCH_LIMIT; i++) {
      double slopeThere = Potentials.inner(newton, dual.imbalanceAt(next, mu));
      if (slopeThere >= -SLOPE_REDUCTION * slope) {
        break;
      }
      // The secant's root, kept from shrinking the step too much or too little.
      length *= Math.max(0.1, Math.min(0.7, slope / (slope - slopeThere)));
      next = Potentials.plus(potential, length, newton);
    }
    potential = next;
  }

  /** dy/dlog μ at fixed balance: y − c_return L⁻¹ e. */
  private double[][] tangent() {
    double[][] unit = arcs.zeros();
    unit[network.source()][0] = dual.returnConductance();
    laplacian.solveGrounded(unit);
    double[][] tangent = Potentials.plus(arcs.absolute(potential), -1, unit);
    tangent[network.sink()][0] = 0;
    return tangent;
  }

  private double[][] solveFor(double[][] rightHandSide) {
    double[][] solution = Potentials.copy(rightHandSide);
    laplacian.solveGrounded(solution);
    return solution;
  }

  private static double decrement(double[][] step, double[][] imbalance, double mu) {
    return Math.sqrt(Math.max(0, Potentials.inner(step, imbalance)) / mu);
  }

  private FlowSolution solution(Outcome outcome, int steps) {
    double gapBound = 2 * barrierParameter * (network.arcCount() + 1);
    ArcFlow arcFlow = DualEvaluation.arcFlow(arcs, scale, potential, mu);
    double[] returnFlow = new double[1];
    arcFlow.row(arcs.blockCount() - 1, 0, returnFlow);
    return new FlowSolution(
        outcome, arcFlow, returnFlow[0], arcs.absolute(potential), gapBound, steps);
  }
}
