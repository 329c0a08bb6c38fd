package org.attentionflow.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.evaluation.json.JsonTree;
import org.attentionflow.evaluation.statistics.Interval;
import org.jspecify.annotations.Nullable;

/** A summary as JSON. */
public final class SummaryJson {
  private SummaryJson() {}

  /** All of it, on indented lines. */
  public static String of(Summary summary) {
    Map<String, Object> json = new TreeMap<>();
    json.put("name", summary.name());
    json.put("evaluated", summary.evaluated());
    json.put("skipped", summary.skipped());
    json.put("failed", summary.failed());
    json.put("failedRecords", summary.failedRecords());
    json.put("labelled", summary.labelled());
    json.put("correct", summary.correct());
    json.put("truncated", summary.truncated());
    json.put("markedBehindCut", summary.markedBehindCut());
    json.put("reference", summary.reference());
    json.put("bounds", summary.bounds());
    json.put("rows", summary.rows().stream().map(SummaryJson::row).toList());
    json.put("boundedRows", summary.boundedRows().stream().map(SummaryJson::row).toList());
    json.put("tests", summary.tests().stream().map(SummaryJson::test).toList());
    json.put("curves", summary.curves().stream().map(SummaryJson::curve).toList());
    List<Object> health = new ArrayList<>();
    summary.health().forEach((method, value) -> health.add(health(method, value)));
    json.put("solvers", health);
    return JsonTree.pretty(JsonTree.of(json));
  }

  /** Paired tests alone, on indented lines. */
  public static String of(List<SummaryTest> tests) {
    return JsonTree.pretty(
        JsonTree.of(Map.of("tests", tests.stream().map(SummaryJson::test).toList())));
  }

  private static Map<String, Object> row(SummaryRow row) {
    Map<String, Object> json = head(row.row(), row.operator(), row.metric());
    interval(row.interval(), json);
    json.put("undefined", row.undefined());
    json.put("failed", row.failed());
    json.put("skipped", row.skipped());
    return json;
  }

  private static Map<String, Object> test(SummaryTest test) {
    Map<String, Object> json = head(test.row(), test.operator(), test.metric());
    json.put("reference", test.reference());
    interval(test.comparison().difference(), json);
    json.put("p", test.comparison().p());
    json.put("pHolm", test.adjusted());
    return json;
  }

  private static Map<String, Object> curve(SummaryCurve curve) {
    Map<String, Object> json = head(curve.row(), curve.operator(), curve.metric());
    json.put("curve", curve.name());
    json.put("x", curve.x());
    json.put("y", curve.y());
    return json;
  }

  private static Map<String, Object> health(String method, SolverHealth health) {
    Map<String, Object> json = new TreeMap<>();
    json.put("method", method);
    json.put("statuses", health.statuses());
    json.put("records", health.recordCount());
    if (health.hasFlows()) {
      json.put("solver", health.solver());
      json.put("unique", health.isUnique());
      json.put("noPathShare", (double) health.withoutPath() / health.recordCount());
      json.put("cutBlocks", health.cutBlocks());
      json.put("meanIterations", health.meanIterations());
      json.put("mostIterations", health.mostIterations());
      json.put("worstConservation", health.worstConservation());
      json.put("worstStationarity", health.worstStationarity());
    }
    return json;
  }

  private static Map<String, Object> head(String row, String operator, String metric) {
    Map<String, Object> json = new TreeMap<>();
    json.put("row", row);
    json.put("operator", operator);
    json.put("metric", metric);
    return json;
  }

  private static void interval(@Nullable Interval interval, Map<String, Object> json) {
    json.put("mean", interval == null ? null : interval.mean());
    json.put("low", interval == null ? null : interval.low());
    json.put("high", interval == null ? null : interval.high());
    json.put("level", interval == null ? null : interval.level());
    json.put("n", interval == null ? 0 : interval.count());
  }
}
