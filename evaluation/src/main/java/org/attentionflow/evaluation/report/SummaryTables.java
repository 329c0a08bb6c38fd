package org.attentionflow.evaluation.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.attentionflow.evaluation.statistics.Interval;
import org.attentionflow.formats.json.ShortestDecimal;
import org.jspecify.annotations.Nullable;

/** A summary as tables: CSV for programs, Markdown and LaTeX for people. */
public final class SummaryTables {
  private static final int DIGITS = 3;
  private static final String NOTHING = "–";

  /** What stands above a table over some of the examples. */
  static final String SEARCHED =
      "The same over the examples whose best and worst orders by AOPC were searched for, not"
          + " tested:";

  private final Summary summary;
  private final MetricDirections directions = MetricDirections.load();

  /** Takes a summary. */
  public SummaryTables(Summary summary) {
    this.summary = summary;
  }

  /** One line per row, operator and metric, with every number in full. */
  public String csv() {
    StringBuilder csv =
        new StringBuilder(
            "row,operator,metric,mean,low,high,n,undefined,failed,skipped,"
                + "difference,difference_low,difference_high,p,p_holm,examples\n");
    summary.rows().forEach(row -> line(row, summary.test(row), "all", csv));
    summary.searched().forEach(row -> line(row, null, "searched", csv));
    return csv.toString();
  }

  private static void line(
      SummaryRow row, @Nullable SummaryTest test, String examples, StringBuilder csv) {
    Interval interval = row.interval();
    List<String> cells = new ArrayList<>(List.of(quoted(row.row()), row.operator(), row.metric()));
    cells.addAll(numbers(interval));
    cells.add(Integer.toString(interval == null ? 0 : interval.count()));
    cells.add(Integer.toString(row.undefined()));
    cells.add(Integer.toString(row.failed()));
    cells.add(Integer.toString(row.skipped()));
    cells.addAll(numbers(test == null ? null : test.comparison().difference()));
    cells.add(test == null ? "" : ShortestDecimal.of(test.comparison().p()));
    cells.add(test == null ? "" : ShortestDecimal.of(test.adjusted()));
    cells.add(examples);
    csv.append(String.join(",", cells)).append('\n');
  }

  private static String quoted(String text) {
    return text.matches("[^\",\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }

  private static List<String> numbers(@Nullable Interval interval) {
    return interval == null
        ? List.of("", "", "")
        : List.of(
            ShortestDecimal.of(interval.mean()),
            ShortestDecimal.of(interval.low()),
            ShortestDecimal.of(interval.high()));
  }

  /** A table per operator and family, methods against metrics. */
  public String markdown() {
    StringBuilder text = new StringBuilder("# " + summary.name() + "\n\n" + counts() + "\n");
    for (TableHead head : heads()) {
      text.append("\n## ").append(head.title()).append("\n\n");
      markdown(head, cells(head), text);
      List<List<String>> searched = searched(head);
      if (!searched.isEmpty()) {
        text.append('\n').append(SEARCHED).append("\n\n");
        markdown(head, searched, text);
      }
    }
    return text.append('\n').append(note()).append('\n').toString();
  }

  private void markdown(TableHead head, List<List<String>> rows, StringBuilder text) {
    text.append("| method | n |");
    head.metrics().forEach(m -> text.append(' ').append(m + directions.arrow(m)).append(" |"));
    text.append("\n|---|---:|").append("---:|".repeat(head.metrics().size())).append('\n');
    rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
  }

  /** The same for a paper (package booktabs). */
  public String latex() {
    StringBuilder text = new StringBuilder();
    for (TableHead head : heads()) {
      latex(head, head.title() + ". " + counts(), cells(head), text);
      List<List<String>> searched = searched(head);
      if (!searched.isEmpty()) {
        latex(head, head.title() + ". " + SEARCHED, searched, text);
      }
    }
    return text.toString().replace("…", "\\ldots ");
  }

  private void latex(TableHead head, String comment, List<List<String>> rows, StringBuilder text) {
    text.append("% ").append(escaped(comment));
    text.append("\n\\begin{tabular}{lr").append("r".repeat(head.metrics().size())).append("}\n");
    text.append("\\toprule\nmethod & $n$");
    for (String metric : head.metrics()) {
      String arrow =
          directions.arrow(metric).replace("↑", "$\\uparrow$").replace("↓", "$\\downarrow$");
      text.append(" & ").append(escaped(metric)).append(arrow);
    }
    text.append(" \\\\\n\\midrule\n");
    for (List<String> row : rows) {
      text.append(String.join(" & ", row.stream().map(SummaryTables::escaped).toList()));
      text.append(" \\\\\n");
    }
    text.append("\\bottomrule\n\\end{tabular}\n% ").append(escaped(note())).append("\n\n");
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\textbackslash ")
        .replaceAll("([&%$#_{}])", "\\\\$1")
        .replace("~", "\\textasciitilde ")
        .replace("^", "\\textasciicircum ");
  }

  /** What every table says of the examples. */
  String counts() {
    String accuracy =
        summary.labelled() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                " The model predicts %d of %d labels (%.1f %%).",
                summary.correct(),
                summary.labelled(),
                100.0 * summary.correct() / summary.labelled());
    return summary.evaluated()
        + " examples, "
        + summary.skipped()
        + " skipped, "
        + summary.failed()
        + " failed"
        + failedRecords()
        + "."
        + accuracy;
  }

  /** A method can fail on an example that the others do not fail on. */
  private String failedRecords() {
    int count = summary.failedRecords();
    return count == 0
        ? ""
        : "; " + count + (count == 1 ? " record" : " records") + " of methods failed";
  }

  /** What the cells mean. */
  String note() {
    return "Mean [BCa interval]; * p < 0.05 against "
        + summary.reference()
        + " (paired permutation test, Holm over methods). A method's n lists failed records as +f"
        + " and undefined values as +u.";
  }

  /** The operators and families with the metrics of each. */
  List<TableHead> heads() {
    Set<List<String>> tables = new LinkedHashSet<>();
    summary.rows().forEach(r -> tables.add(List.of(r.operator(), directions.family(r.metric()))));
    return tables.stream()
        .map(table -> new TableHead(table.get(0), table.get(1), metrics(table)))
        .toList();
  }

  private List<String> metrics(List<String> table) {
    return summary.rows().stream()
        .filter(row -> row.operator().equals(table.get(0)))
        .map(SummaryRow::metric)
        .filter(metric -> directions.family(metric).equals(table.get(1)))
        .distinct()
        .toList();
  }

  /** The rows of a table: name, counts, and a cell per metric. */
  List<List<String>> cells(TableHead head) {
    boolean isPart = !rows(summary.searched(), head).isEmpty();
    return rows(summary.rows(), head).stream()
        // Their examples are others than those of the methods: they stand in a table of their own.
        .filter(row -> !(isPart && ReferenceRow.isSearched(row)))
        .map(row -> cells(row, summary.rows(), head, true))
        .toList();
  }

  /**
   * The same over the examples whose best and worst orders were searched for; empty if all were.
   */
  List<List<String>> searched(TableHead head) {
    return rows(summary.searched(), head).stream()
        .map(row -> cells(row, summary.searched(), head, false))
        .toList();
  }

  private List<String> cells(String row, List<SummaryRow> rows, TableHead head, boolean isTested) {
    List<SummaryRow> found =
        rows.stream()
            .filter(candidate -> candidate.row().equals(row))
            .filter(candidate -> candidate.operator().equals(head.operator()))
            .filter(candidate -> head.metrics().contains(candidate.metric()))
            .toList();
    List<String> cells = new ArrayList<>(List.of(row, n(found)));
    for (String metric : head.metrics()) {
      cells.add(
          found.stream()
              .filter(candidate -> candidate.metric().equals(metric))
              .findFirst()
              .map(candidate -> cell(candidate, isTested))
              .orElse(NOTHING));
    }
    return cells;
  }

  private static List<String> rows(List<SummaryRow> rows, TableHead head) {
    return rows.stream()
        .filter(row -> row.operator().equals(head.operator()))
        .filter(row -> head.metrics().contains(row.metric()))
        .map(SummaryRow::row)
        .distinct()
        .toList();
  }

  /** The counts of a row: examples with a value, failed and undefined ones behind a plus. */
  private static String n(List<SummaryRow> rows) {
    int least = Integer.MAX_VALUE;
    int undefined = 0;
    int failed = 0;
    for (SummaryRow row : rows) {
      Interval interval = row.interval();
      least = Math.min(least, interval == null ? 0 : interval.count());
      undefined = Math.max(undefined, row.undefined());
      failed = row.failed();
    }
    return least
        + (failed > 0 ? " +" + failed + "f" : "")
        + (undefined > 0 ? " +" + undefined + "u" : "");
  }

  /** Mean, interval and a star where the difference from the reference is significant. */
  private String cell(SummaryRow row, boolean isTested) {
    Interval interval = row.interval();
    if (interval == null) {
      return NOTHING;
    }
    SummaryTest test = isTested ? summary.test(row) : null;
    return fixed(interval.mean())
        + (test != null && test.adjusted() < 0.05 ? "*" : "")
        + " ["
        + fixed(interval.low())
        + ", "
        + fixed(interval.high())
        + "]";
  }

  /** Three decimals; more digits where they would all be zero. */
  static String fixed(double value) {
    return Math.abs(value) >= 0.01 || value == 0
        ? String.format(Locale.ROOT, "%.3f", value)
        : ShortestDecimal.rounded(value, DIGITS);
  }

  /**
   * A table.
   *
   * @param operator the removal operator
   * @param family what its metrics judge
   * @param metrics the ids of its metrics
   */
  record TableHead(String operator, String family, List<String> metrics) {
    String title() {
      return family + (operator.equals("-") ? "" : ", operator " + operator);
    }
  }
}
