package org.attentionflow.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.network.FlowNetwork;

/**
 * The flows of one network along a path of barrier parameters, from the largest to the smallest,
 * and how the scores change on the way.
 *
 * @param points one per barrier parameter
 * @param tokens what the tokens are called
 * @param seconds the time the solver took for all of them
 */
record MuPath(List<Point> points, TokenNames tokens, double seconds) {
  /**
   * The flow at one barrier parameter.
   *
   * @param flow the flow
   * @param scores the score of each token, in the unit of the information tensor
   * @param tau Kendall's τ of the scores to those at the next smaller μ; not a number at the last
   *     point, where scores are not reliable, or where all are equal
   * @param tauToLast the same to the scores at the smallest μ
   * @param change the largest change of a score to the next smaller μ, relative to the largest
   *     score there; not a number as above
   * @param top the token with the largest score, the first of several; −1 if there is none above 0
   * @param seconds the time of this solve, if it was solved on its own; otherwise not a number
   */
  record Point(
      Flow flow,
      double[] scores,
      double tau,
      double tauToLast,
      double change,
      int top,
      double seconds) {
    /** Whether the flow was certified, or is certainly zero. */
    boolean isReliable() {
      return flow.status().isReliable();
    }
  }

  /**
   * Solves a network.
   *
   * @param mus relative barrier parameters, falling
   * @param alone whether each is solved on its own, without the solution before
   */
  static MuPath of(
      FlowNetwork network,
      TokenNames tokens,
      TimedSolver solver,
      SolverSettings settings,
      double[] mus,
      boolean alone) {
    List<Flow> flows = new ArrayList<>();
    double[] seconds = new double[mus.length];
    double total = 0;
    if (alone) {
      for (int i = 0; i < mus.length; i++) {
        flows.add(computation(solver, mus[i], settings).compute(network));
        seconds[i] = solver.seconds();
        total += seconds[i];
      }
    } else {
      Arrays.fill(seconds, Double.NaN);
      List<BarrierParameter> path =
          Arrays.stream(mus).mapToObj(BarrierParameter::relative).toList();
      flows.addAll(computation(solver, mus[0], settings).computePath(network, path));
      total = solver.seconds();
    }
    List<double[]> scores = flows.stream().map(MuPath::scores).toList();
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < mus.length; i++) {
      points.add(point(flows, scores, i, seconds[i]));
    }
    return new MuPath(points, tokens, total);
  }

  /** The first flow that is not reliable, if any: its detail says why. */
  String failure() {
    return points.stream()
        .filter(point -> !point.isReliable())
        .map(point -> "mu " + Numbers.plain(mu(point)) + ": " + point.flow().detail())
        .findFirst()
        .orElse("");
  }

  /** The barrier parameter of a point, relative to the largest capacity. */
  static double mu(Point point) {
    return point.flow().relativeBarrierParameter();
  }

  private static FlowComputation computation(
      TimedSolver solver, double mu, SolverSettings settings) {
    return new FlowComputation(solver, BarrierParameter.relative(mu), settings);
  }

  private static double[] scores(Flow flow) {
    double scale = flow.network().full().scale();
    return Arrays.stream(flow.tokenOutflow()).map(outflow -> outflow / scale).toArray();
  }

  private static Point point(List<Flow> flows, List<double[]> scores, int i, double seconds) {
    int last = flows.size() - 1;
    boolean hasNext = i < last && areReliable(flows, i, i + 1);
    boolean hasLast = areReliable(flows, i, last);
    double[] own = scores.get(i);
    return new Point(
        flows.get(i),
        own,
        hasNext ? RankAgreement.of(own, scores.get(i + 1)) : Double.NaN,
        hasLast ? RankAgreement.of(own, scores.get(last)) : Double.NaN,
        hasNext ? change(own, scores.get(i + 1)) : Double.NaN,
        flows.get(i).status().isReliable() ? top(own) : -1,
        seconds);
  }

  private static boolean areReliable(List<Flow> flows, int one, int other) {
    return flows.get(one).status().isReliable() && flows.get(other).status().isReliable();
  }

  private static double change(double[] scores, double[] next) {
    double change = 0;
    double largest = 0;
    for (int i = 0; i < scores.length; i++) {
      change = Math.max(change, Math.abs(scores[i] - next[i]));
      largest = Math.max(largest, next[i]);
    }
    return largest > 0 ? change / largest : 0;
  }

  private static int top(double[] scores) {
    int top = -1;
    for (int i = 0; i < scores.length; i++) {
      top = scores[i] > (top < 0 ? 0 : scores[top]) ? i : top;
    }
    return top;
  }
}
