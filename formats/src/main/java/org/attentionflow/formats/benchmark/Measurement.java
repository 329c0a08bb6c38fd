package org.attentionflow.formats.benchmark;

/**
 * How long a solver took on an instance, and how well it solved it.
 *
 * @param instance what was solved
 * @param solver the name of the solver
 * @param time the time of one solve, without building, pruning and certification
 * @param iterations the iterations it took
 * @param status the status of the flow; for JMH what its set-up asserted
 * @param conservationResidual the largest imbalance relative to the largest capacity; NaN if it was
 *     not recorded
 * @param bytes memory, as {@link BenchmarkRun#memory} says; NaN if it was not recorded
 */
public record Measurement(
    Instance instance,
    String solver,
    Times time,
    int iterations,
    String status,
    double conservationResidual,
    double bytes) {
  /** Whether the time is that of a certified answer: only such times are compared. */
  public boolean isCertified() {
    return status.equals("CERTIFIED");
  }
}
