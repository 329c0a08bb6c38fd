package org.attentionflow.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.attentionflow.evaluation.experiment.Experiment;
import org.attentionflow.evaluation.json.JsonTree;
import org.attentionflow.evaluation.statistics.Interval;
import org.attentionflow.formats.explanation.PagePolicy;

/** A run as one page that opens without a network and runs no script. */
final class ReportPage {
  private static final String SHEET =
      """
      :root{color-scheme:light dark;--page:#ffffff;--ink:#1b2430;--soft:#55606e;--line:#d5dce4;
      --head:#f2f5f8}
      @media (prefers-color-scheme:dark){:root{--page:#0d1117;--ink:#e3e8ee;--soft:#a3aebb;
      --line:#30363d;--head:#171d26}}
      body{margin:0 auto;padding:1.5rem 1rem 4rem;max-width:76rem;background:var(--page);
      color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
      h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2.2rem}h3{font-size:1.05rem}
      .soft{color:var(--soft);font-size:.9rem}.wide{overflow-x:auto;overflow-wrap:normal}
      table{border-collapse:collapse;font-size:.9rem}
      th,td{text-align:left;padding:.25rem .7rem;border-bottom:1px solid var(--line);
      vertical-align:top}
      tbody td:first-child,tbody th{white-space:nowrap}
      thead th{background:var(--head);white-space:nowrap}
      td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
      pre{background:var(--head);padding:.7rem;overflow-x:auto;font-size:.85rem;
      overflow-wrap:normal}
      svg{display:block;max-width:100%;height:auto}
      """
          + CurvePlot.style()
          + ExampleHeat.style();

  private final Experiment experiment;
  private final Map<String, Object> lock;
  private final Findings findings;
  private final Summary summary;
  private final SummaryTables tables;
  private final MetricDirections directions = MetricDirections.load();
  private final HtmlText page = new HtmlText();

  ReportPage(Experiment experiment, Map<String, Object> lock, Findings findings, Summary summary) {
    this.experiment = experiment;
    this.lock = lock;
    this.findings = findings;
    this.summary = summary;
    tables = new SummaryTables(summary);
  }

  String html() {
    String title = HtmlText.escape(experiment.title());
    page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"" + PagePolicy.of(SHEET))
        .raw("\">\n")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .raw(
            "<title>" + title + "</title>\n<style>" + SHEET + "</style>\n</head>\n<body>\n<main>\n")
        .raw("<h1>" + title + "</h1>\n");
    if (!experiment.question().isEmpty()) {
      page.paragraph(experiment.question());
    }
    page.paragraph(tables.counts());
    results();
    curves();
    tests();
    health();
    examples();
    settings();
    return page.raw("</main>\n</body>\n</html>\n").toString();
  }

  private void results() {
    page.heading("Results");
    page.soft(tables.note() + " Higher is better in columns with ↑, lower in those with ↓.");
    for (SummaryTables.TableHead head : tables.heads()) {
      page.subheading(capital(head.title()));
      if (head.family().equals("plausibility")) {
        page.soft("Agreement with people is not faithfulness to the model.");
      }
      List<String> names = new ArrayList<>(List.of("method", "n"));
      head.metrics().forEach(metric -> names.add(metric + directions.arrow(metric)));
      List<List<String>> rows = new ArrayList<>();
      for (String row : tables.rows(head)) {
        List<String> cells = new ArrayList<>(List.of(tables.label(row, head), tables.n(row, head)));
        head.metrics().forEach(metric -> cells.add(tables.cell(row, head, metric)));
        rows.add(cells);
      }
      page.table(names, rows, 1);
      for (String metric : head.metrics()) {
        if (!head.isBounded()) {
          page.soft(metric + ": " + directions.formula(metric));
        }
      }
    }
  }

  private void curves() {
    List<CurveGroup> groups = CurveGroup.of(summary.curves());
    if (groups.isEmpty()) {
      return;
    }
    page.heading("Curves");
    page.soft(
        "Means over the examples that a row has; the legend is in the order of the right ends.");
    for (CurveGroup group : groups) {
      String features = experiment.removesWords() ? "words" : "tokens";
      CurveAxes.of(group.metrics().get(0), group.name(), features)
          .map(axes -> CurvePlot.of(group.curves(), group.title(), axes))
          .filter(svg -> !svg.isEmpty())
          .ifPresent(
              svg -> {
                page.subheading(group.title());
                page.raw("<div class=\"wide\">\n" + svg + "</div>\n");
              });
    }
  }

  private void tests() {
    if (summary.tests().isEmpty()) {
      return;
    }
    page.heading("Differences from " + summary.reference());
    page.soft(
        "Mean of method − reference over the examples that both have, its interval, p of the paired"
            + " permutation test, and p after Holm's correction over the methods of a metric.");
    List<List<String>> rows = new ArrayList<>();
    for (SummaryTest test : summary.tests()) {
      Interval difference = test.comparison().difference();
      rows.add(
          List.of(
              test.metric() + directions.arrow(test.metric()),
              test.operator(),
              tables.label(test.row()),
              SummaryTables.fixed(difference.mean()),
              SummaryTables.ends(difference),
              Integer.toString(difference.count()),
              SummaryTables.fixed(test.comparison().p()),
              SummaryTables.fixed(test.adjusted())));
    }
    page.table(
        List.of("metric", "operator", "method", "difference", "interval", "n", "p", "p (Holm)"),
        rows,
        3);
  }

  private void health() {
    page.heading("Solver health");
    List<List<String>> rows = new ArrayList<>();
    for (String method : summary.methods()) {
      SolverHealth health = summary.health().get(method);
      if (health != null && health.hasFlows()) {
        rows.add(
            List.of(
                tables.label(method),
                health.solver(),
                health.isUnique() ? "unique" : "one of many",
                counts(health.statuses()),
                counts(health.cutBlocks()),
                String.format(
                    Locale.ROOT, "%.1f %%", 100.0 * health.withoutPath() / health.recordCount()),
                String.format(
                    Locale.ROOT, "%.1f (%d)", health.meanIterations(), health.mostIterations()),
                SummaryTables.fixed(health.worstConservation()),
                SummaryTables.fixed(health.worstStationarity())));
      }
    }
    if (rows.isEmpty()) {
      page.paragraph("No method of this run computes a flow.");
      return;
    }
    page.table(
        List.of(
            "method",
            "solver",
            "flows",
            "statuses",
            "most of the cut lies in",
            "no path",
            "iterations (most)",
            "worst conservation",
            "worst stationarity"),
        rows,
        5);
  }

  private static String counts(Map<String, Integer> counts) {
    return String.join(
        ", ",
        counts.entrySet().stream()
            .map(entry -> entry.getValue() + "\u00a0× " + entry.getKey())
            .toList());
  }

  private void examples() {
    if (findings.shown().isEmpty()) {
      return;
    }
    page.heading("Examples");
    page.soft(
        "Drawn by the seed, not chosen. The stronger the colour, the larger the share of the"
            + " method's largest score: blue above zero, orange below."
            + tables.uniqueness());
    findings.shown().forEach(record -> ExampleHeat.write(record, summary.methods(), page));
  }

  private void settings() {
    page.heading("Settings");
    page.raw("<pre>" + lines(JsonTree.pretty(JsonTree.of(experiment.decisive()))) + "</pre>\n");
    page.heading("Model, data and parts");
    page.raw("<pre>" + lines(JsonTree.pretty(JsonTree.of(lock))) + "</pre>\n");
    page.heading("Citations");
    page.raw("<pre>" + lines(Citations.bibtex()) + "</pre>\n");
  }

  private static String lines(String text) {
    return String.join("\n", text.lines().map(HtmlText::escape).toList());
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
