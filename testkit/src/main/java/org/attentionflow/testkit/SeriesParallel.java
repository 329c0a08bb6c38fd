package org.attentionflow.testkit;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The exact solution of the barrier problem on a network that is a series of shared arcs and, in
 * the middle, parallel paths of arcs. With F the flow and f_p the flow of path p, so that F = Σ
 * f_p, the optimum satisfies for some λ
 *
 * <pre>
 *   μ Σ_{e in path p} (1/f_p − 1/(u_e − f_p)) = λ           for every path p
 *   1 + μ Σ_{e shared} (1/F − 1/(u_e − F)) + λ = 0
 * </pre>
 *
 * Both left sides fall strictly as the flow grows, so each equation is solved by halving an
 * interval until no double lies inside it. Nothing here is shared with any solver.
 */
public final class SeriesParallel {
  private final double mu;
  private final double[] shared;
  private final double[][] paths;

  private SeriesParallel(double mu, double[] shared, double[][] paths) {
    this.mu = mu;
    this.shared = shared;
    this.paths = paths;
  }

  /**
   * The flows of the paths.
   *
   * @param mu the barrier parameter, absolute
   * @param shared the capacities of the arcs that all flow passes, the return arc among them
   * @param paths per path the capacities of its own arcs
   */
  public static double[] pathFlows(double mu, double[] shared, double[][] paths) {
    SeriesParallel problem = new SeriesParallel(mu, shared, paths);
    double limit = 1;
    while (problem.excess(limit) < 0 || problem.excess(-limit) > 0) {
      limit *= 2;
    }
    double lambda = root(problem::excess, -limit, limit);
    return problem.flowsAt(lambda);
  }

  /**
   * The flow through a series of stages, each of which is a number of equal arcs side by side: F
   * with 1 + μ Σ_s [n_s / F − 1 / (u_s − F / n_s)] = 0.
   *
   * @param counts the number of arcs of each stage
   * @param capacities the capacity of one arc of each stage
   */
  public static double stageFlow(double mu, int[] counts, double[] capacities) {
    double least = Double.POSITIVE_INFINITY;
    for (int s = 0; s < counts.length; s++) {
      least = Math.min(least, counts[s] * capacities[s]);
    }
    DoubleUnaryOperator slope =
        flow -> {
          double sum = 1;
          for (int s = 0; s < counts.length; s++) {
            sum += mu * (counts[s] / flow - 1 / (capacities[s] - flow / counts[s]));
          }
          return -sum;
        };
    return root(slope, 0, least);
  }

  /** How much the slope along the shared arcs and λ together fall short of 0; grows with λ. */
  private double excess(double lambda) {
    double flow = Arrays.stream(flowsAt(lambda)).sum();
    for (double capacity : shared) {
      if (flow >= capacity) {
        return Double.NEGATIVE_INFINITY;
      }
    }
    return 1 + lambda + slope(flow, shared);
  }

  private double[] flowsAt(double lambda) {
    return Arrays.stream(paths)
        .mapToDouble(
            path -> {
              double least = Arrays.stream(path).min().orElseThrow();
              return root(flow -> lambda - slope(flow, path), 0, least);
            })
        .toArray();
  }

  private double slope(double flow, double[] capacities) {
    double sum = 0;
    for (double capacity : capacities) {
      sum += mu * (1 / flow - 1 / (capacity - flow));
    }
    return sum;
  }

  /** The root of a growing function, by halving until the interval holds no other double. */
  private static double root(DoubleUnaryOperator growing, double from, double to) {
    double low = from;
    double high = to;
    while (true) {
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high) {
        return middle;
      }
      if (growing.applyAsDouble(middle) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }
}
