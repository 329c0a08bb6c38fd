package org.attentionflow.evaluation.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.attentionflow.evaluation.experiment.Experiment;
import org.attentionflow.evaluation.experiment.MethodEntry;
import org.attentionflow.evaluation.statistics.Bootstrap;
import org.attentionflow.evaluation.statistics.Holm;
import org.attentionflow.evaluation.statistics.Interval;
import org.attentionflow.evaluation.statistics.PairedComparison;
import org.attentionflow.evaluation.statistics.PairedPermutation;
import org.attentionflow.evaluation.statistics.Sample;
import org.jspecify.annotations.Nullable;

/** From findings to a summary: intervals and paired tests. */
public final class Summaries {
  private final Experiment experiment;
  private final Findings findings;
  private final Bootstrap bootstrap;
  private final PairedPermutation permutation;
  private final List<String> methods;

  private Summaries(Experiment experiment, Findings findings) {
    this.experiment = experiment;
    this.findings = findings;
    bootstrap = new Bootstrap(experiment.resamples(), experiment.confidence(), experiment.seed());
    permutation = new PairedPermutation(experiment.permutations(), experiment.seed());
    methods = experiment.methods().stream().map(MethodEntry::id).toList();
  }

  /** Makes the summary; intervals and tests on all processors, with the same numbers on any. */
  public static Summary of(Experiment experiment, Findings findings) {
    return new Summaries(experiment, findings).summary();
  }

  private Summary summary() {
    List<Series.Key> keys = keys();
    return new Summary(
        experiment.name(),
        findings.evaluated(),
        findings.skipped(),
        findings.failed(),
        findings.failedRecords(),
        findings.labelled(),
        findings.correct(),
        findings.truncated(),
        findings.markedBehindCut(),
        methods,
        experiment.reference(),
        findings.bounds(),
        keys.parallelStream().map(this::row).toList(),
        bounded(keys),
        tests(keys),
        keys.stream().flatMap(key -> series(key).curves(key).values().stream()).toList(),
        findings.health());
  }

  /** By operator and metric; methods in their order, then the reference rows. */
  private List<Series.Key> keys() {
    Set<String> rows = new LinkedHashSet<>(methods);
    findings.series().keySet().forEach(key -> rows.add(key.row()));
    record Table(String operator, String metric) {}
    Set<Table> tables = new LinkedHashSet<>();
    findings.series().keySet().forEach(key -> tables.add(new Table(key.operator(), key.metric())));
    List<Series.Key> keys = new ArrayList<>();
    List<Table> ordered =
        tables.stream()
            .sorted(
                Comparator.<Table>comparingInt(t -> place(experiment.operators(), t.operator()))
                    .thenComparingInt(t -> place(experiment.metrics(), name(t.metric()))))
            .toList();
    for (Table table : ordered) {
      for (String row : rows) {
        Series.Key key = new Series.Key(row, table.operator(), table.metric());
        if (findings.series().containsKey(key)) {
          keys.add(key);
        }
      }
    }
    return keys;
  }

  /** The place in the order of the experiment; behind all others if it is not there. */
  private static int place(List<String> names, String name) {
    int place = names.indexOf(name);
    return place < 0 ? names.size() : place;
  }

  private static String name(String metric) {
    return metric.substring(0, metric.indexOf('@'));
  }

  private Series series(Series.Key key) {
    Series series = findings.series().get(key);
    if (series == null) {
      throw new IllegalStateException("There are no values of " + key + ".");
    }
    return series;
  }

  /** Rows over the texts that have a best order, for operators where these are not all texts. */
  private List<SummaryRow> bounded(List<Series.Key> keys) {
    List<Series.Key> found =
        keys.stream().filter(key -> findings.series().containsKey(best(key))).toList();
    Set<String> smaller =
        found.stream()
            .filter(key -> values(key, best(key)).length < series(key).values().size())
            .map(Series.Key::operator)
            .collect(Collectors.toSet());
    return found.parallelStream()
        .filter(key -> smaller.contains(key.operator()))
        .map(this::boundedRow)
        .toList();
  }

  private static Series.Key best(Series.Key key) {
    return new Series.Key(ReferenceRows.BEST, key.operator(), key.metric());
  }

  private SummaryRow boundedRow(Series.Key key) {
    double[] values = values(key, best(key));
    int without = series(best(key)).values().size() - values.length;
    return new SummaryRow(key.row(), key.operator(), key.metric(), interval(values), without, 0, 0);
  }

  /** The values of a row for the examples that another row has a value for. */
  private double[] values(Series.Key key, Series.Key other) {
    Map<String, Double> others = series(other).values();
    return series(key).values().entrySet().stream()
        .filter(value -> others.containsKey(value.getKey()))
        .mapToDouble(Map.Entry::getValue)
        .toArray();
  }

  private SummaryRow row(Series.Key key) {
    Series series = series(key);
    return new SummaryRow(
        key.row(),
        key.operator(),
        key.metric(),
        interval(series.values().values().stream().mapToDouble(v -> v).toArray()),
        series.undefined(),
        findings.failed(key.row()),
        findings.skipped());
  }

  private @Nullable Interval interval(double[] values) {
    return values.length == 0 ? null : bootstrap.mean(values);
  }

  private List<SummaryTest> tests(List<Series.Key> keys) {
    return keys.stream()
        .filter(key -> key.row().equals(experiment.reference()))
        .flatMap(reference -> tests(reference, keys))
        .toList();
  }

  private Stream<SummaryTest> tests(Series.Key reference, List<Series.Key> keys) {
    List<Series.Key> others =
        keys.stream()
            .filter(key -> key.operator().equals(reference.operator()))
            .filter(key -> key.metric().equals(reference.metric()))
            .filter(key -> !key.row().equals(reference.row()))
            .filter(key -> methods.contains(key.row()))
            .filter(key -> shares(key, reference))
            .toList();
    List<PairedComparison> compared =
        others.parallelStream()
            .map(key -> PairedComparison.of(sample(key), sample(reference), bootstrap, permutation))
            .toList();
    double[] adjusted = Holm.adjust(compared.stream().mapToDouble(PairedComparison::p).toArray());
    List<SummaryTest> tests = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) {
      Series.Key key = others.get(i);
      tests.add(
          new SummaryTest(
              key.row(),
              reference.row(),
              key.operator(),
              key.metric(),
              compared.get(i),
              adjusted[i]));
    }
    return tests.stream();
  }

  private boolean shares(Series.Key key, Series.Key reference) {
    Map<String, Double> values = series(reference).values();
    return series(key).values().keySet().stream().anyMatch(values::containsKey);
  }

  private Sample sample(Series.Key key) {
    return new Sample(key.metric(), key.operator(), true, "", "", series(key).values());
  }
}
