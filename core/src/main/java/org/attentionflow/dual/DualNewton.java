package org.attentionflow.dual;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.attentionflow.flow.ArcFlow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.FlowProblem;
import org.attentionflow.flow.FlowSolution;
import org.attentionflow.flow.FlowSolution.Outcome;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.network.FlowNetwork;

/**
 * Newton's method on the dual, in turns with {@link Relaxation}: solves the barrier problem for the
 * wanted μ at once.
 *
 * <pre>
 *   g  imbalance at y      L  Laplacian of the conductances      d = L⁻¹ g  Newton step
 *
 *   decrement  λ = √(gᵀd / μ)
 * </pre>
 *
 * The dual function is μ times a self-concordant one: λ is small only near the solution, where a
 * full step squares it; and it bounds the relative error of every arc's distance to its bounds. Far
 * from the solution the step is shortened where the dual function turns, and a sweep of the
 * relaxation follows it.
 *
 * <p>The systems may be solved iteratively: far from the solution a rough one does, and near it
 * each is solved as much better as it should bring the point nearer.
 *
 * <p>Everything is computed for capacities divided by the largest one; only the potentials are
 * kept. Not thread-safe.
 *
 * <p>Sources: Nesterov and Nemirovskii, Interior-Point Polynomial Algorithms, 1994; Dembo,
 * Eisenstat and Steihaug, Inexact Newton methods, SIAM J. Numer. Anal. 19 (1982).
 */
public final class DualNewton {
  /**
   * The sweeps of the relaxation before the first step, by the most iterations of a turn: the first
   * one has only to bring neighbours near each other.
   */
  private static final int[] FIRST_TURNS = {2, 6};

  /** The most iterations of a turn between steps. */
  private static final int TURN = 3;

  /** Below this decrement full steps converge fast, and no sweep is worth its time. */
  private static final double NEAR = 0.1;

  /** A full Newton step from a smaller decrement needs no line search. */
  private static final double FULL_STEP = 0.25;

  /** The line search ends where the slope is between these parts of the first one. */
  private static final double MOST_SLOPE = 0.5;

  private static final double LEAST_SLOPE = -0.3;

  /** From a larger decrement, a step beyond the turn has to be a gain for certain. */
  private static final double TRUSTED = 10;

  private static final int LINE_SEARCH_LIMIT = 12;

  /** After a full step from this decrement the next, about its square, is good enough. */
  private static final double CONVERGED_DECREMENT = 3e-5;

  /** The imbalance that is aimed at, as a part of the tolerance. */
  private static final double RESERVE = 0.1;

  /** A full step that leaves more than this part of the imbalance is held up by rounding. */
  private static final double PROGRESS = 0.5;

  /** So many such steps in a row end the search. */
  private static final int PATIENCE = 3;

  /** A step is solved to its own decrement, but within these bounds. */
  private static final double FINEST = 1e-3;

  private static final double FINE = 0.1;

  /** How far the error of a tangent is reduced. */
  private static final double TANGENT = 0.05;

  private final FlowProblem problem;
  private final FlowNetwork network;
  private final double scale;
  private double barrierParameter;
  private double mu;
  private final ArcRows arcs;
  private final LaplacianSolver laplacian;
  private final DualEvaluation dual;
  private final Relaxation relaxation;
  private double[][] potential;

  /**
   * Starts from the solution of the averaged network, {@link StartingPoint}.
   *
   * @param workers the threads that share the sweeps over arcs; they stay open
   * @param laplacian solves the systems
   * @param kernel computes arcs
   */
  public DualNewton(
      FlowProblem problem, WorkerThreads workers, LaplacianSolver laplacian, ArcKernel kernel) {
    this.problem = problem;
    this.laplacian = laplacian;
    network = problem.network();
    scale = 1 / network.largestCapacity();
    barrierParameter = problem.barrierParameter();
    mu = barrierParameter * scale;
    arcs = new ArcRows(network, scale);
    dual = new DualEvaluation(arcs, workers, kernel);
    relaxation = new Relaxation(network, dual);
    potential = StartingPoint.of(network, arcs, scale, mu, workers);
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
      Function<FlowProblem, DualNewton> fresh) {
    List<FlowSolution> solutions = new ArrayList<>();
    DualNewton last = null;
    for (double mu : barrierParameters) {
      FlowSolution next = last == null ? null : last.solveNext(mu);
      if (next == null || next.outcome() != Outcome.CONVERGED) {
        last = fresh.apply(new FlowProblem(network, mu, settings));
        next = last.solve();
      }
      solutions.add(next);
      last = next.outcome() == Outcome.CONVERGED ? last : null;
    }
    return solutions;
  }

  /** Solves to the tolerances. */
  public FlowSolution solve() {
    for (int sweep = 0; sweep < FIRST_TURNS.length; sweep++) {
      relaxation.sweep(potential, mu, sweep % 2 == 0, FIRST_TURNS[sweep]);
    }
    return refine();
  }

  /**
   * Solves for a smaller barrier parameter from the last solution, which converged, moved along the
   * tangent of the central path: dy/dlog μ = L⁻¹ imbalance(c r) with conductances c and reduced
   * costs r.
   *
   * @param next μ, absolute
   */
  private FlowSolution solveNext(double next) {
    // The last evaluation ended the search: its conductances are there, but not prepared.
    if (!laplacian.prepare()) {
      return solution(Outcome.NUMERICAL_TROUBLE, 0);
    }
    double[][] tangent = laplacian.solve(dual.costImbalance(potential, mu), TANGENT);
    potential = Potentials.plus(potential, next / barrierParameter - 1, tangent);
    barrierParameter = next;
    mu = next * scale;
    return refine();
  }

  private FlowSolution refine() {
    double decrement = Double.POSITIVE_INFINITY;
    double leastError = Double.POSITIVE_INFINITY;
    int stuckSteps = 0;
    for (int steps = 0; ; steps++) {
      dual.evaluate(potential, mu, laplacian);
      double largest = dual.largestImbalance();
      if (decrement <= CONVERGED_DECREMENT) {
        double error = error(largest);
        stuckSteps = error > leastError * PROGRESS ? stuckSteps + 1 : 0;
        if (error <= RESERVE || stuckSteps >= PATIENCE) {
          return solution(error <= 1 ? Outcome.CONVERGED : Outcome.NUMERICAL_TROUBLE, steps);
        }
        leastError = Math.min(leastError, error);
      }
      if (steps == problem.settings().iterationLimit()) {
        return solution(Outcome.ITERATION_LIMIT, steps);
      }
      if (!laplacian.prepare()) {
        return solution(Outcome.NUMERICAL_TROUBLE, steps);
      }
      double[][] imbalance = Potentials.copy(dual.imbalance());
      double[][] newton = laplacian.solve(imbalance, reduction(imbalance, largest));
      decrement = decrement(newton, imbalance);
      step(newton, decrement);
      if (decrement > NEAR) {
        relaxation.sweep(potential, mu, steps % 2 == 0, TURN);
      }
    }
  }

  /** What is imbalanced, as a part of what may be: beside the largest capacity, or at each node. */
  private double error(double largest) {
    return Math.max(
        largest / problem.settings().conservationTolerance(),
        dual.largestRelativeImbalance() / FlowComputation.RELATIVE_IMBALANCE_TOLERANCE);
  }

  /** The Newton step, shortened where the dual function turns. */
  private void step(double[][] newton, double decrement) {
    double length = decrement > FULL_STEP ? length(newton, decrement) : 1;
    potential = Potentials.plus(potential, length, newton);
  }

  /**
   * The part of a Newton step to go. Slopes fall along the step, so with a slope s &gt; 0 at t the
   * dual function gains at least t s + (length − t) there; a turn right at the beginning and a slow
   * fall from there on would be a loss.
   */
  private double length(double[][] newton, double decrement) {
    double slope = decrement * decrement * mu;
    double length = 1;
    double least = 0;
    double leastSlope = 1;
    double most = 1;
    for (int i = 0; i < LINE_SEARCH_LIMIT; i++) {
      double[][] next = Potentials.plus(potential, length, newton);
      double there = Potentials.inner(newton, dual.imbalanceAt(next, mu)) / slope;
      boolean isGain = there > 0 || least * leastSlope + (length - least) * there >= 0;
      boolean isEnough = there >= LEAST_SLOPE && (isGain || decrement <= TRUSTED);
      if (isEnough && (there <= MOST_SLOPE || length == 1)) {
        return length;
      }
      if (there > 0) {
        least = length;
        leastSlope = there;
      } else {
        most = length;
      }
      // The secant's root within bounds, and once the root is bracketed its geometric middle.
      length =
          least > 0
              ? Math.sqrt(least * most)
              : length * Math.max(0.1, Math.min(0.5, 1 / (1 - there)));
    }
    // Where the slope is positive still, or the step that self-concordance says is a gain.
    return least > 0 ? least : 1 / (1 + decrement);
  }

  /** How far the error of a step is to be reduced. */
  private double reduction(double[][] imbalance, double largest) {
    if (laplacian.isDirect()) {
      return FINE; // it takes no notice: spare it the estimate
    }
    double decrement = decrement(laplacian.estimate(imbalance), imbalance);
    double wanted = RESERVE * RESERVE * problem.settings().conservationTolerance();
    return Math.min(FINE, Math.max(wanted / largest, Math.max(FINEST, decrement)));
  }

  private double decrement(double[][] step, double[][] imbalance) {
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
