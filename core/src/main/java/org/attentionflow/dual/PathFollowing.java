package org.attentionflow.dual;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.attentionflow.flow.ArcFlow;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolution.Outcome;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.network.FlowNetwork;

/**
 * Newton's method on the dual. Near the solution for the wanted μ a few full steps are all; from
 * {@link StartingPoint} the way leads along the central path, the curve of solutions y(μ) for
 * falling μ.
 *
 * <pre>
 *   g  imbalance at (y, μ)      L  Laplacian of the conductances c      r  reduced costs
 *
 *   Newton step     d = L⁻¹ g                           decrement   λ = √(gᵀd / μ)
 *   tangent         dy/dlog μ = L⁻¹ imbalance(c r)
 * </pre>
 *
 * The dual function is μ times a self-concordant one: λ is small only near the solution for μ,
 * where a full step squares it; and it bounds the relative error of every arc's distance to its
 * bounds. So once λ is below {@link #NEAR_PATH}, the Newton step is joined with a move along the
 * tangent to a smaller μ, as small as still leaves the decrement moderate; before that the Newton
 * step is taken with a line search on the directional derivative.
 *
 * <p>The systems may be solved iteratively: far from the wanted μ a rough solution does, and at it
 * each step is solved as much better as it should bring the point nearer.
 *
 * <p>Everything is computed for capacities divided by the largest one. Not thread-safe.
 *
 * <p>Sources: Nesterov and Nemirovskii, Interior-Point Polynomial Algorithms, 1994; Dembo,
 * Eisenstat and Steihaug, Inexact Newton methods, SIAM J. Numer. Anal. 19 (1982).
 */
public final class PathFollowing {
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

  /** So many such steps in a row end the search. */
  private static final int PATIENCE = 3;

  /** How far the error of a step is reduced before the wanted μ is reached. */
  private static final double ROUGH = 0.3;

  /** The same for a tangent, whose error grows with the length of the move. */
  private static final double TANGENT = 0.05;

  /**
   * At the wanted μ a step is solved to its own decrement, but within these bounds, and no better
   * than brings the imbalance well below the tolerance.
   */
  private static final double FINEST = 1e-3;

  private static final double FINE = 0.1;

  private final FlowProblem problem;
  private final FlowNetwork network;
  private final double scale;
  private double barrierParameter;
  private double targetMu;
  private final ArcRows arcs;
  private final LaplacianSolver laplacian;
  private final DualEvaluation dual;
  private double[][] potential;
  private double mu;
  private double shrink = FIRST_SHRINK;
  private int firstStep;

  /**
   * Starts anywhere.
   *
   * @param problem the problem
   * @param arcs its arcs, with capacities divided by the largest one
   * @param workers the threads that share the sweeps over arcs; they stay open
   * @param laplacian solves the systems
   * @param potential the potentials to start from, as {@link ArcRows} keeps them
   * @param mu the barrier parameter they belong to, relative to the largest capacity
   * @param firstStep the Newton steps that led there, which count
   */
  public PathFollowing(
      FlowProblem problem,
      ArcRows arcs,
      WorkerThreads workers,
      LaplacianSolver laplacian,
      double[][] potential,
      double mu,
      int firstStep) {
    this.problem = problem;
    this.arcs = arcs;
    this.laplacian = laplacian;
    this.potential = potential;
    this.mu = mu;
    this.firstStep = firstStep;
    network = problem.network();
    scale = 1 / network.largestCapacity();
    barrierParameter = problem.barrierParameter();
    targetMu = barrierParameter * scale;
    dual = new DualEvaluation(arcs, workers);
  }

  /** The point to start from when nothing better is known. */
  public static StartingPoint start(FlowProblem problem, ArcRows arcs) {
    double scale = 1 / problem.network().largestCapacity();
    double mu = Math.max(problem.barrierParameter() * scale, FIRST_MU);
    return new StartingPoint(problem.network(), arcs, scale, mu);
  }

  /**
   * Solves a network for falling barrier parameters, each from the solution before it, or afresh
   * where that does not converge.
   *
   * @param barrierParameters μ, absolute, each not larger than the one before it
   * @param fresh makes the first point for a problem
   */
  public static List<FlowSolution> solvePath(
      FlowNetwork network,
      double[] barrierParameters,
      SolverSettings settings,
      Function<FlowProblem, PathFollowing> fresh) {
    List<FlowSolution> solutions = new ArrayList<>();
    PathFollowing path = null;
    for (double mu : barrierParameters) {
      FlowSolution next = path == null ? null : path.solveNext(mu);
      if (next == null || next.outcome() != Outcome.CONVERGED) {
        path = fresh.apply(new FlowProblem(network, mu, settings));
        next = path.solve();
      }
      solutions.add(next);
      path = next.outcome() == Outcome.CONVERGED ? path : null;
    }
    return solutions;
  }

  /** Follows the path to the wanted barrier parameter and on to the tolerances. */
  public FlowSolution solve() {
    double decrement = Double.POSITIVE_INFINITY;
    double lastImbalance = Double.POSITIVE_INFINITY;
    int stuckSteps = 0;
    for (int steps = firstStep; ; steps++) {
      dual.evaluate(potential, mu, laplacian);
      double largest = dual.largestImbalance();
      if (mu == targetMu && decrement <= CONVERGED_DECREMENT) {
        boolean isExact = largest <= RESERVE * problem.settings().conservationTolerance();
        stuckSteps = largest > lastImbalance * PROGRESS ? stuckSteps + 1 : 0;
        boolean isStuck = stuckSteps >= PATIENCE;
        if (isExact || isStuck) {
          boolean isGood = largest <= problem.settings().conservationTolerance();
          return solution(isGood ? Outcome.CONVERGED : Outcome.NUMERICAL_TROUBLE, steps);
        }
      }
      if (steps == problem.settings().iterationLimit()) {
        return solution(Outcome.ITERATION_LIMIT, steps);
      }
      if (!laplacian.prepare()) {
        return solution(Outcome.NUMERICAL_TROUBLE, steps);
      }
      double[][] imbalance = Potentials.copy(dual.imbalance());
      double[][] newton = laplacian.solve(imbalance, reduction(imbalance, largest));
      decrement = decrement(newton, imbalance, mu);
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
  private FlowSolution solveNext(double barrierParameter) {
    this.barrierParameter = barrierParameter;
    targetMu = barrierParameter * scale;
    shrink = FIRST_SHRINK;
    firstStep = 0;
    return solve();
  }

  /** The Newton step together with a move to a smaller μ along the tangent. */
  private void moveAlongPath(double[][] newton) {
    double[][] tangent = laplacian.solve(dual.costImbalance(potential, mu), TANGENT);
    double factor = shrink;
    for (int trial = 0; ; trial++) {
      double nextMu = Math.max(targetMu, mu * factor);
      double[][] next =
          Potentials.plus(Potentials.plus(potential, 1, newton), nextMu / mu - 1, tangent);
      double[][] imbalance = dual.imbalanceAt(next, nextMu);
      double decrement = decrement(laplacian.estimate(imbalance), imbalance, nextMu);
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

  private double reduction(double[][] imbalance, double largest) {
    if (mu > targetMu || laplacian.isDirect()) {
      return ROUGH; // a direct solver takes no notice: spare it the estimate
    }
    double decrement = decrement(laplacian.estimate(imbalance), imbalance, mu);
    double wanted = RESERVE * RESERVE * problem.settings().conservationTolerance();
    return Math.min(FINE, Math.max(wanted / largest, Math.max(FINEST, decrement)));
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
