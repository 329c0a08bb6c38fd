package org.attentionflow.flow;

import org.attentionflow.failure.UnusableInputException;

/**
 * How accurately and with what effort a flow is computed.
 *
 * @param conservationTolerance the largest imbalance of a node that is accepted, relative to the
 *     largest capacity of the network
 * @param iterationLimit the most Newton steps (or what the solver counts); reaching it is a status
 * @param threads the most threads that the solver, and the certificate after it, use; the result
 *     does not depend on it
 */
public record SolverSettings(double conservationTolerance, int iterationLimit, int threads) {
  /** Checks the values. */
  public SolverSettings {
    if (!(conservationTolerance > 0 && conservationTolerance < Double.POSITIVE_INFINITY)
        || iterationLimit < 1
        || threads < 1) {
      throw new UnusableInputException(
          "The conservation tolerance ("
              + conservationTolerance
              + "), the iteration limit ("
              + iterationLimit
              + ") and the threads ("
              + threads
              + ") must be positive and finite.");
    }
  }

  /** Imbalance at most 1e-10 of the largest capacity, 200 iterations, one thread. */
  public static SolverSettings defaults() {
    return new SolverSettings(1e-10, 200, 1);
  }
}
