package org.attentionflow.evaluation.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run found.
 *
 * @param name the name of the experiment
 * @param evaluated the examples with a record
 * @param skipped the examples left out on purpose, such as texts that are too long
 * @param failed the examples that failed as a whole
 * @param failedRecords the failures of single methods on the other examples
 * @param labelled the examples with a label
 * @param correct those of them that the model predicts as labelled
 * @param truncated the examples whose text was cut
 * @param markedBehindCut those of them that people marked, but only behind the cut
 * @param methods the ids of the methods, in the order of the experiment
 * @param reference the method that the others are tested against
 * @param bounds the texts whose best and worst orders were searched for, by the search (exact,
 *     beam, blocks)
 * @param rows means with intervals
 * @param boundedRows the same over the texts alone whose best and worst orders were searched for,
 *     where those are not all texts: what the rows of these orders are to be compared with; {@code
 *     undefined} counts every such text without a value
 * @param tests paired tests
 * @param curves mean curves
 * @param health how the flows of each method went
 */
public record Summary(
    String name,
    int evaluated,
    int skipped,
    int failed,
    int failedRecords,
    int labelled,
    int correct,
    int truncated,
    int markedBehindCut,
    List<String> methods,
    String reference,
    Map<String, Integer> bounds,
    List<SummaryRow> rows,
    List<SummaryRow> boundedRows,
    List<SummaryTest> tests,
    List<SummaryCurve> curves,
    Map<String, SolverHealth> health) {

  /**
   * The row of a table.
   *
   * @param metric the name of a metric, with or without its version
   * @param operator the operator; empty for the first that has the metric
   */
  public Optional<SummaryRow> row(String row, String metric, String operator) {
    return row(rows, row, metric, operator);
  }

  /** The row of the table over the texts whose best and worst orders were searched for. */
  Optional<SummaryRow> boundedRow(String row, String metric, String operator) {
    return row(boundedRows, row, metric, operator);
  }

  private static Optional<SummaryRow> row(
      List<SummaryRow> rows, String row, String metric, String operator) {
    return rows.stream()
        .filter(candidate -> candidate.row().equals(row))
        .filter(candidate -> isMetric(candidate.metric(), metric))
        .filter(candidate -> operator.isEmpty() || candidate.operator().equals(operator))
        .findFirst();
  }

  /** Whether the scores of a row are the only solution: false if they are one maximum flow's. */
  public boolean isUnique(String row) {
    SolverHealth flows = health.get(row);
    return flows == null || flows.isUnique();
  }

  /** The test of a row, if it was tested. */
  @Nullable SummaryTest test(SummaryRow row) {
    return tests.stream()
        .filter(test -> test.row().equals(row.row()))
        .filter(test -> test.metric().equals(row.metric()))
        .filter(test -> test.operator().equals(row.operator()))
        .findFirst()
        .orElse(null);
  }

  private static boolean isMetric(String id, String name) {
    return id.equals(name) || id.startsWith(name + "@");
  }
}
