package org.attentionflow.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows of a table that are no explanations. */
public final class ReferenceRows {
  /** Scores drawn at random; the mean over several seeds. */
  public static final String RANDOM = "random-order";

  /** The order with the greatest AOPC that was found; for plausibility all marks first. */
  public static final String BEST = "best-order";

  /** The order with the least AOPC that was found; for plausibility all marks last. */
  public static final String WORST = "worst-order";

  private ReferenceRows() {}

  /**
   * What a table calls a row: best and worst orders are so by AOPC as far as a search found, and by
   * other metrics a method may lie beyond them; or they are so by the marks of people.
   *
   * @param operator the operator of the table; {@code -} for metrics that remove nothing
   */
  static String label(String row, String operator) {
    if (!row.equals(BEST) && !row.equals(WORST)) {
      return row;
    }
    return row + (operator.equals("-") ? " (by the marks)" : " (found, by AOPC)");
  }

  /**
   * How best and worst orders were found.
   *
   * @param bounds the texts by the search
   */
  static String searches(Map<String, Integer> bounds) {
    if (bounds.isEmpty()) {
      return "";
    }
    int texts = bounds.values().stream().mapToInt(Integer::intValue).sum();
    List<String> parts = new ArrayList<>();
    part(bounds, "exact", "exact for ", parts);
    part(bounds, "beam", "by a beam token by token for ", parts);
    part(bounds, "blocks", "by a beam in blocks of the grid for ", parts);
    boolean isExact = bounds.getOrDefault("exact", 0) == texts;
    return " Best and worst orders: "
        + String.join(", ", parts)
        + (texts == 1 ? " text" : " texts")
        + (isExact
            ? "."
            : "; where a search found them, the true best is at least as good, the true worst at"
                + " least as bad.");
  }

  private static void part(
      Map<String, Integer> bounds, String search, String words, List<String> parts) {
    if (bounds.containsKey(search)) {
      parts.add(words + bounds.get(search));
    }
  }
}
