package org.attentionflow.evaluation.metric.faithfulness;

/** A way to find a good order of removal. */
interface OrderSearch {
  /**
   * An order with what it reaches.
   *
   * @param value sign times its AOPC
   * @param order all features, first removed first
   */
  record Found(double value, int[] order) {}

  /**
   * Finds an order whose sign times AOPC is as great as the search can make it.
   *
   * @param sign 1 for the greatest AOPC, −1 for the least
   */
  Found best(int sign);
}
