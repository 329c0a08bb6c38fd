package org.attentionflow.evaluation.report;

/** The rows of a table that are no explanations. */
public final class ReferenceRows {
  /** Scores drawn at random; the mean over several seeds. */
  public static final String RANDOM = "random-order";

  /** The order with the greatest AOPC that was found. */
  public static final String BEST = "best-order";

  /** The order with the least AOPC that was found. */
  public static final String WORST = "worst-order";

  private ReferenceRows() {}

  /**
   * What a table calls a row: best and worst orders are so by AOPC, and by other metrics a method
   * may lie beyond them.
   */
  static String label(String row) {
    return row.equals(BEST) || row.equals(WORST) ? row + " (by AOPC)" : row;
  }
}
