package org.attentionflow.flow;

/**
 * The flow on every arc of a network, row by row. A solver may compute a row when it is asked for,
 * so that nothing of the size of the arcs needs to be stored. Thread-safe.
 */
@FunctionalInterface
public interface ArcFlow {
  /**
   * Computes the flows of one row of an arc block.
   *
   * @param block the index of the block in the solver's network
   * @param row the row of the block's capacities
   * @param into receives the flow on each arc of the row, 0 where there is no arc; at least as long
   *     as the row
   */
  void row(int block, int row, double[] into);
}
