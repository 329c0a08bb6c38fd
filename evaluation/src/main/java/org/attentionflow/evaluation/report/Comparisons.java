package org.attentionflow.evaluation.report;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.attentionflow.evaluation.bundle.Bundle;
import org.attentionflow.evaluation.bundle.BundleFile;
import org.attentionflow.evaluation.experiment.Experiment;
import org.attentionflow.evaluation.experiment.MethodEntry;
import org.attentionflow.evaluation.json.JsonTree;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricSetting;
import org.attentionflow.evaluation.metric.Metrics;
import org.attentionflow.evaluation.statistics.Bootstrap;
import org.attentionflow.evaluation.statistics.Holm;
import org.attentionflow.evaluation.statistics.PairedComparison;
import org.attentionflow.evaluation.statistics.PairedPermutation;
import org.attentionflow.evaluation.statistics.Sample;
import org.attentionflow.failure.UnusableInputException;
import org.jspecify.annotations.Nullable;

/** Two runs compared row by row, example by example. */
public final class Comparisons {
  private final Experiment experiment;
  private final Side left;
  private final Side right;
  private final Map<String, Metric> metrics = new TreeMap<>();

  /** What every metric depends on beside its own settings. */
  private static final List<String> ALWAYS = List.of("target", "evaluation.features");

  private record Side(Findings findings, String data, String model, Map<String, String> settings) {
    static Side of(Bundle bundle) throws IOException {
      Findings findings = new Findings(Set.of());
      ReportFiles.feed(bundle.folder(), findings);
      JsonObject lock = bundle.json(BundleFile.LOCK);
      return new Side(
          findings,
          lock.getAsJsonObject("data").get("digest").getAsString(),
          lock.getAsJsonObject("model").get("digest").getAsString(),
          settings(bundle.experiment(), lock));
    }

    private static Map<String, String> settings(Experiment experiment, JsonObject lock) {
      JsonObject tree = JsonTree.of(experiment.decisive()).getAsJsonObject();
      Map<String, String> settings = new LinkedHashMap<>();
      ALWAYS.forEach(key -> settings.put(key, value(tree, key)));
      // Where texts are cut decides what is left of them.
      String texts = value(tree, "data.long");
      boolean isCut = texts.contains("truncate");
      settings.put("data.long", isCut ? texts : "");
      settings.put("data.max-tokens", isCut ? value(tree, "data.max-tokens") : "");
      for (MetricSetting setting : MetricSetting.values()) {
        settings.put(setting.key(), value(tree, setting.key()));
      }
      if (lock.has("rationaleShare")) {
        String share = JsonTree.compact(lock.get("rationaleShare"));
        settings.put(MetricSetting.RATIONALE_SHARE.key(), share);
      }
      return settings;
    }

    private static String value(JsonObject tree, String key) {
      int dot = key.indexOf('.');
      return dot < 0
          ? JsonTree.compact(tree.get(key))
          : JsonTree.compact(
              tree.getAsJsonObject(key.substring(0, dot)).get(key.substring(dot + 1)));
    }

    Sample sample(Series.Key key, Series series, boolean isComparable) {
      return new Sample(key.metric(), key.operator(), isComparable, model, data, series.values());
    }
  }

  private Comparisons(Experiment experiment, Side left, Side right) {
    this.experiment = experiment;
    this.left = left;
    this.right = right;
    Metrics.load().all().forEach(metric -> metrics.put(metric.id(), metric));
  }

  /**
   * Compares the methods that both runs have: the left minus the right.
   *
   * @throws UnusableInputException if data or settings that a metric reads differ, or models differ
   *     and the metric does not allow that, or the runs share no row
   */
  public static List<SummaryTest> of(Bundle left, Bundle right) throws IOException {
    return new Comparisons(left.experiment(), Side.of(left), Side.of(right)).tests();
  }

  private List<SummaryTest> tests() {
    Map<String, List<Series.Key>> families = new TreeMap<>();
    // Random, best and worst orders are no methods: Holm's correction must not count them.
    Set<String> methods =
        experiment.methods().stream().map(MethodEntry::id).collect(Collectors.toSet());
    left.findings()
        .series()
        .forEach(
            (key, series) -> {
              Series other = right.findings().series().get(key);
              if (other != null
                  && methods.contains(key.row())
                  && !series.values().isEmpty()
                  && !other.values().isEmpty()) {
                String family = key.metric() + " " + key.operator();
                families.computeIfAbsent(family, name -> new ArrayList<>()).add(key);
              }
            });
    if (families.isEmpty()) {
      throw new UnusableInputException("The two runs share no row with values.");
    }
    return families.values().stream().flatMap(keys -> family(keys).stream()).toList();
  }

  private List<SummaryTest> family(List<Series.Key> keys) {
    List<PairedComparison> compared = keys.stream().map(this::compare).toList();
    double[] p = compared.stream().mapToDouble(PairedComparison::p).toArray();
    double[] adjusted = Holm.adjust(p);
    List<SummaryTest> tests = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) {
      Series.Key key = keys.get(i);
      tests.add(
          new SummaryTest(
              key.row(), key.row(), key.operator(), key.metric(), compared.get(i), adjusted[i]));
    }
    return tests;
  }

  private PairedComparison compare(Series.Key key) {
    Series one = left.findings().series().get(key);
    Series other = right.findings().series().get(key);
    if (one == null || other == null) {
      throw new IllegalStateException("There are no values of " + key + ".");
    }
    Metric metric = metrics.get(key.metric());
    checkSettings(key.metric(), metric);
    boolean isComparable = metric != null && metric.card().comparableAcrossModels();
    return PairedComparison.of(
        left.sample(key, one, isComparable),
        right.sample(key, other, isComparable),
        new Bootstrap(experiment.resamples(), experiment.confidence(), experiment.seed()),
        new PairedPermutation(experiment.permutations(), experiment.seed()));
  }

  /** Only what a metric reads must agree; of a metric that is not present, everything. */
  private void checkSettings(String id, @Nullable Metric metric) {
    Set<String> irrelevant = new HashSet<>();
    if (metric != null) {
      EnumSet<MetricSetting> others = EnumSet.allOf(MetricSetting.class);
      others.removeAll(metric.reads());
      others.forEach(setting -> irrelevant.add(setting.key()));
    }
    left.settings()
        .forEach(
            (key, one) -> {
              String other = right.settings().getOrDefault(key, "");
              if (!irrelevant.contains(key) && !one.equals(other)) {
                throw new UnusableInputException(
                    "The values of "
                        + id
                        + " cannot be compared: "
                        + key
                        + " is "
                        + one
                        + " in one run and "
                        + other
                        + " in the other.");
              }
            });
  }
}
