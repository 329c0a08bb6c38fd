package org.attentionflow.evaluation.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.attentionflow.evaluation.statistics.Interval;
import org.attentionflow.formats.json.ShortestDecimal;
import org.jspecify.annotations.Nullable;

/** A summary as tables: CSV for programs, Markdown and LaTeX for people. */
public final class SummaryTables {
  private static final int DIGITS = 3;

  /** Behind a method whose scores another correct solver may not find again. */
  private static final String NOT_UNIQUE = "†";

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
                + "difference,difference_low,difference_high,p,p_holm,unique\n");
    for (SummaryRow row : summary.rows()) {
      Interval interval = row.interval();
      SummaryTest test = summary.test(row);
      List<String> cells =
          new ArrayList<>(List.of(quoted(row.row()), row.operator(), row.metric()));
      cells.addAll(numbers(interval));
      cells.add(Integer.toString(interval == null ? 0 : interval.count()));
      cells.add(Integer.toString(row.undefined()));
      cells.add(Integer.toString(row.failed()));
      cells.add(Integer.toString(row.skipped()));
      cells.addAll(numbers(test == null ? null : test.comparison().difference()));
      cells.add(test == null ? "" : ShortestDecimal.of(test.comparison().p()));
      cells.add(test == null ? "" : ShortestDecimal.of(test.adjusted()));
      cells.add(Boolean.toString(summary.isUnique(row.row())));
      csv.append(String.join(",", cells)).append('\n');
    }
    return csv.toString();
  }

  private static String quoted(String text) {
    return text.matches("[^\",\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }

  private static List<String> numbers(@Nullable Interval interval) {
    return interval == null
        ? List.of("", "", "")
        : List.of(
            ShortestDecimal.of(interval.mean()),
            interval.hasEnds() ? ShortestDecimal.of(interval.low()) : "",
            interval.hasEnds() ? ShortestDecimal.of(interval.high()) : "");
  }

  /** A table per operator and family, methods against metrics. */
  public String markdown() {
    StringBuilder text = new StringBuilder("# " + summary.name() + "\n\n" + counts() + "\n");
    for (TableHead head : heads()) {
      text.append("\n## ").append(head.title()).append("\n\n| method | n |");
      head.metrics().forEach(m -> text.append(' ').append(m + directions.arrow(m)).append(" |"));
      text.append("\n|---|---:|").append("---:|".repeat(head.metrics().size())).append('\n');
      for (String row : rows(head)) {
        text.append("| ").append(label(row, head)).append(" | ").append(n(row, head)).append(" |");
        head.metrics().forEach(m -> text.append(' ').append(cell(row, head, m)).append(" |"));
        text.append('\n');
      }
    }
    return text.append('\n').append(note()).append('\n').toString();
  }

  /** The same for a paper (package booktabs). */
  public String latex() {
    StringBuilder text = new StringBuilder();
    for (TableHead head : heads()) {
      text.append("% ").append(escaped(head.title())).append(". ").append(escaped(counts()));
      text.append("\n\\begin{tabular}{lr").append("r".repeat(head.metrics().size())).append("}\n");
      text.append("\\toprule\nmethod & $n$");
      for (String metric : head.metrics()) {
        String arrow =
            directions.arrow(metric).replace("↑", "$\\uparrow$").replace("↓", "$\\downarrow$");
        text.append(" & ").append(escaped(metric)).append(arrow);
      }
      text.append(" \\\\\n\\midrule\n");
      for (String row : rows(head)) {
        text.append(escaped(label(row, head))).append(" & ").append(escaped(n(row, head)));
        head.metrics().forEach(m -> text.append(" & ").append(cell(row, head, m)));
        text.append(" \\\\\n");
      }
      text.append("\\bottomrule\n\\end{tabular}\n% ").append(escaped(note())).append("\n\n");
    }
    return text.toString().replace("…", "\\ldots ").replace(NOT_UNIQUE, "$^\\dagger$");
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
        + (summary.evaluated() == 1 ? " example, " : " examples, ")
        + summary.skipped()
        + " skipped, "
        + summary.failed()
        + " failed"
        + failedRecords()
        + "."
        + cut()
        + accuracy;
  }

  /** What was cut, and that marks which were cut off cannot be found again. */
  private String cut() {
    if (summary.truncated() == 0) {
      return "";
    }
    return " "
        + summary.truncated()
        + " cut at data.max-tokens or the model's limit."
        + (summary.markedBehindCut() == 0
            ? ""
            : " In "
                + summary.markedBehindCut()
                + " of them every mark lies behind the cut: there plausibility is undefined. Maybe"
                + " a larger data.max-tokens.");
  }

  /** The name of a method, marked if its scores are not unique. */
  String label(String method) {
    return summary.isUnique(method) ? method : method + " " + NOT_UNIQUE;
  }

  /** The name of a row, marked if its scores are not unique. */
  String label(String row, TableHead head) {
    return ReferenceRows.label(label(row), head.operator());
  }

  /** What the mark says, naming the methods that have it; empty if none has. */
  String uniqueness() {
    List<String> marked =
        summary.methods().stream().filter(method -> !summary.isUnique(method)).toList();
    return marked.isEmpty()
        ? ""
        : " "
            + NOT_UNIQUE
            + " not unique ("
            + String.join(", ", marked)
            + "): the scores are those of one of many maximum flows; another solver may find"
            + " others.";
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
    return "Mean [BCa interval"
        + (summary.rows().stream().map(SummaryRow::interval).anyMatch(SummaryTables::hasNoEnds)
            ? "; one example has none"
            : "")
        + "]; * p < 0.05 against "
        + summary.reference()
        + " (paired permutation test, Holm over methods). A method's n lists failed records as +f"
        + " and undefined values as +u."
        + ReferenceRows.searches(summary.bounds())
        + uniqueness();
  }

  /**
   * The operators and families with the metrics of each; behind them the same over the texts alone
   * whose best and worst orders were searched for.
   */
  List<TableHead> heads() {
    return Stream.of(false, true).flatMap(isBounded -> heads(isBounded).stream()).toList();
  }

  private List<TableHead> heads(boolean isBounded) {
    Set<List<String>> tables = new LinkedHashSet<>();
    List<SummaryRow> all = isBounded ? summary.boundedRows() : summary.rows();
    all.forEach(r -> tables.add(List.of(r.operator(), directions.family(r.metric()))));
    return tables.stream()
        .map(table -> new TableHead(table.get(0), table.get(1), metrics(all, table), isBounded))
        .toList();
  }

  private List<String> metrics(List<SummaryRow> all, List<String> table) {
    return all.stream()
        .filter(row -> row.operator().equals(table.get(0)))
        .map(SummaryRow::metric)
        .filter(metric -> directions.family(metric).equals(table.get(1)))
        .distinct()
        .toList();
  }

  private @Nullable SummaryRow find(String row, String metric, TableHead head) {
    return (head.isBounded()
            ? summary.boundedRow(row, metric, head.operator())
            : summary.row(row, metric, head.operator()))
        .orElse(null);
  }

  /** The rows of a table, in order. */
  List<String> rows(TableHead head) {
    return (head.isBounded() ? summary.boundedRows() : summary.rows())
        .stream()
            .filter(row -> row.operator().equals(head.operator()))
            .filter(row -> head.metrics().contains(row.metric()))
            .map(SummaryRow::row)
            .distinct()
            .toList();
  }

  /** The counts of a row: examples with a value, failed and undefined ones behind a plus. */
  String n(String row, TableHead head) {
    int least = Integer.MAX_VALUE;
    int undefined = 0;
    int failed = 0;
    for (String metric : head.metrics()) {
      SummaryRow found = find(row, metric, head);
      if (found != null) {
        least = Math.min(least, found.interval() == null ? 0 : found.interval().count());
        undefined = Math.max(undefined, found.undefined());
        failed = found.failed();
      }
    }
    return least
        + (failed > 0 ? " +" + failed + "f" : "")
        + (undefined > 0 ? " +" + undefined + "u" : "");
  }

  /** Mean, interval and a star where the difference from the reference is significant. */
  String cell(String row, TableHead head, String metric) {
    SummaryRow found = find(row, metric, head);
    if (found == null || found.interval() == null) {
      return "–";
    }
    SummaryTest test = head.isBounded() ? null : summary.test(found);
    Interval interval = found.interval();
    return fixed(interval.mean())
        + (test != null && test.adjusted() < 0.05 ? "*" : "")
        + " "
        + ends(interval);
  }

  private static boolean hasNoEnds(@Nullable Interval interval) {
    return interval != null && !interval.hasEnds();
  }

  /** The ends of an interval in brackets; a dash for one example, which has none. */
  static String ends(Interval interval) {
    return interval.hasEnds()
        ? "[" + fixed(interval.low()) + ", " + fixed(interval.high()) + "]"
        : "[–]";
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
   * @param isBounded whether it is over the texts alone that have a best and a worst order
   */
  record TableHead(String operator, String family, List<String> metrics, boolean isBounded) {
    String title() {
      return family
          + (operator.equals("-") ? "" : ", operator " + operator)
          + (isBounded ? ", only texts with a best and a worst order" : "");
    }
  }
}
