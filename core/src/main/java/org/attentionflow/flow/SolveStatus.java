package org.attentionflow.flow;

/** What is known of a flow. Only CERTIFIED and NO_PATH flows are read as attributions. */
public enum SolveStatus {
  /** Conservation, bounds and cut were recomputed and meet every tolerance. */
  CERTIFIED,
  /** No path leads from source to sink: the flow is zero, and that is certain. */
  NO_PATH,
  /** The solver used up its iterations. */
  ITERATION_LIMIT,
  /** Rounding kept the solver from its tolerances, or the recomputed certificate failed. */
  NUMERICAL_TROUBLE;

  /** Whether the flow can be relied on. */
  public boolean isReliable() {
    return this == CERTIFIED || this == NO_PATH;
  }
}
