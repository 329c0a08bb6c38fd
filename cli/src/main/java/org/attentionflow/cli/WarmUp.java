package org.attentionflow.cli;

/**
 * Repeats a computation until the compiler has settled, so that what is measured afterwards is what
 * a program sees that has been running for a while. A network that takes long compiles its loops
 * within a few solves; a small one needs thousands of calls of each method, and some seconds.
 *
 * @param leastSeconds how long at least, unless the limit is reached first; 0 for no warm-up
 */
record WarmUp(double leastSeconds) {
  /** The default of {@code leastSeconds}. */
  static final double SECONDS = 3;

  /** So many repetitions at least, unless the limit is reached first. */
  private static final int LEAST_RUNS = 30;

  /**
   * So many in any case, unless there is no warm-up: the first allocates, the second finds the
   * compiled loops.
   */
  private static final int RUNS_IN_ANY_CASE = 2;

  /** After so many times {@code leastSeconds} no repetition begins, but those in any case. */
  private static final double LIMIT = 3;

  private static final double NANOS = 1e9;

  /** Whether nothing is repeated. */
  boolean isNone() {
    return leastSeconds == 0;
  }

  /** Repeats. */
  void run(Runnable computation) {
    long begin = System.nanoTime();
    for (int runs = 0; isNeeded(runs, (System.nanoTime() - begin) / NANOS); runs++) {
      computation.run();
    }
  }

  /** Whether another repetition is needed. */
  boolean isNeeded(int runs, double seconds) {
    boolean isCold = runs < LEAST_RUNS || seconds < leastSeconds;
    return !isNone() && (runs < RUNS_IN_ANY_CASE || (isCold && seconds < LIMIT * leastSeconds));
  }
}
