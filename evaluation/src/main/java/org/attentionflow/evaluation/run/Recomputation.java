package org.attentionflow.evaluation.run;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.attentionflow.evaluation.bundle.Bundle;
import org.attentionflow.evaluation.bundle.BundleFile;
import org.attentionflow.evaluation.bundle.LineCursor;
import org.attentionflow.evaluation.experiment.Experiment;
import org.attentionflow.evaluation.experiment.MethodEntry;
import org.attentionflow.evaluation.json.JsonTree;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.perturbation.Features;
import org.attentionflow.evaluation.perturbation.RecordedValueFunction;
import org.attentionflow.evaluation.perturbation.ValueFunction;
import org.attentionflow.failure.UnusableInputException;
import org.jspecify.annotations.Nullable;

/**
 * Computes metrics again from the records and the recorded perturbations of a bundle, without the
 * model: the same ones to verify them, or others.
 */
public final class Recomputation {
  private final Bundle bundle;
  private final Experiment experiment;
  private final Judges judges;
  private final List<String> unavailable;

  /** The indices of the texts whose best and worst orders are searched for. */
  private final Set<Integer> boundTexts;

  /** Receives the lines of metrics. */
  @FunctionalInterface
  public interface Receiver {
    /**
     * Takes one example.
     *
     * @param recomputed the line as it is computed now
     * @param stored the line of the bundle
     */
    void accept(JsonObject recomputed, JsonObject stored) throws IOException;
  }

  /**
   * Takes a bundle and the metrics, operators and settings to compute.
   *
   * @throws UnusableInputException if a metric or an operator is not present
   */
  public Recomputation(Bundle bundle, Experiment experiment) throws IOException {
    this.bundle = bundle;
    this.experiment = experiment;
    Judges all = Judges.of(experiment);
    Map<Boolean, List<Metric>> byNeed =
        all.metrics().stream().collect(Collectors.partitioningBy(Recomputation::asksForScores));
    unavailable = byNeed.getOrDefault(true, List.of()).stream().map(Metric::name).toList();
    List<Metric> metrics = byNeed.getOrDefault(false, List.of());
    JsonObject lock = bundle.json(BundleFile.LOCK);
    JsonElement share = lock.get("rationaleShare");
    boundTexts =
        experiment.boundOrders().drawn(lock.getAsJsonObject("data").get("taken").getAsInt());
    judges =
        new Judges(
            metrics,
            all.removals(),
            share == null || share.isJsonNull()
                ? all.settings()
                : all.settings().withRationaleShare(share.getAsDouble()),
            all.removesWords());
  }

  private static boolean asksForScores(Metric metric) {
    return metric.needs().contains(Metric.Need.REATTRIBUTION);
  }

  /** The ids of the metrics that can be computed again. */
  public List<String> metrics() {
    return judges.metricIds();
  }

  /** The names of the metrics that cannot, because they ask the model for new scores. */
  public List<String> unavailable() {
    return unavailable;
  }

  /**
   * Computes every example.
   *
   * @throws UnusableInputException if a metric asks for a set that was not recorded
   */
  public void each(Receiver receiver) throws IOException {
    try (LineCursor records = new LineCursor(bundle, BundleFile.RECORDS);
        LineCursor perturbations = new LineCursor(bundle, BundleFile.PERTURBATIONS);
        LineCursor metrics = new LineCursor(bundle, BundleFile.METRICS)) {
      for (JsonObject record = records.next(); record != null; record = records.next()) {
        int index = record.get("index").getAsInt();
        List<JsonObject> stored = metrics.at(index);
        List<JsonObject> sets = perturbations.at(index);
        if (stored.size() != 1) {
          throw new UnusableInputException("Example " + index + " has no line of metrics.");
        }
        receiver.accept(recompute(record, sets), stored.get(0));
      }
    }
  }

  private JsonObject recompute(JsonObject record, List<JsonObject> sets) {
    Features features = features(record);
    RowJudge judge =
        new RowJudge(
            judges,
            record.get("id").getAsString(),
            features,
            record.get("target").getAsInt(),
            values(sets),
            rationale(record, features.size()),
            experiment.seed());
    Map<String, Object> rows = new LinkedHashMap<>();
    for (MethodEntry method : experiment.methods()) {
      JsonElement scores =
          record.getAsJsonObject("methods").getAsJsonObject(method.id()).get("scores");
      if (scores != null && !scores.isJsonNull()) {
        double[] numbers = JsonTree.doubles(scores);
        rows.put(method.id(), judge.judge(features.scores(numbers), null));
      }
    }
    Map<String, Object> line = new TreeMap<>();
    judge
        .references(rows, experiment, boundTexts.contains(record.get("index").getAsInt()))
        .ifPresent(search -> line.put("bounds", search.label()));
    line.put("index", record.get("index"));
    line.put("id", record.get("id"));
    line.put("rows", rows);
    return JsonTree.of(line).getAsJsonObject();
  }

  private Map<String, ValueFunction> values(List<JsonObject> lines) {
    Map<String, ValueFunction> values = new LinkedHashMap<>();
    for (String operator : experiment.operators()) {
      JsonObject line =
          lines.stream()
              .filter(candidate -> candidate.get("operator").getAsString().equals(operator))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UnusableInputException(
                          "The bundle holds no perturbations with the operator " + operator + "."));
      Map<BitSet, double[]> table = new HashMap<>();
      for (int i = 0; i < line.getAsJsonArray("sets").size(); i++) {
        String hex = line.getAsJsonArray("sets").get(i).getAsString();
        table.put(
            BitSet.valueOf(HexFormat.of().parseHex(hex)),
            JsonTree.doubles(line.getAsJsonArray("logProbabilities").get(i)));
      }
      values.put(operator, new RecordedValueFunction(line.get("size").getAsInt(), operator, table));
    }
    return values;
  }

  private static Features features(JsonObject record) {
    List<BitSet> positions = new ArrayList<>();
    if (record.has("features")) {
      for (JsonElement feature : record.getAsJsonArray("features")) {
        BitSet tokens = new BitSet();
        feature.getAsJsonArray().forEach(token -> tokens.set(token.getAsInt()));
        positions.add(tokens);
      }
      return new Features(positions);
    }
    BitSet special = new BitSet();
    JsonObject tokens = record.getAsJsonObject("tokens");
    tokens.getAsJsonArray("special").forEach(token -> special.set(token.getAsInt()));
    int count = tokens.getAsJsonArray("text").size();
    for (int i = special.nextClearBit(0); i < count; i = special.nextClearBit(i + 1)) {
      BitSet one = new BitSet();
      one.set(i);
      positions.add(one);
    }
    return new Features(positions);
  }

  private static boolean @Nullable [] rationale(JsonObject record, int size) {
    if (!record.has("rationale")) {
      return null;
    }
    boolean[] marks = new boolean[size];
    record.getAsJsonArray("rationale").forEach(feature -> marks[feature.getAsInt()] = true);
    return marks;
  }

  /**
   * A line of metrics without those that cannot be computed again, and without operators of which
   * nothing is left then.
   */
  public JsonObject comparable(JsonObject line) {
    JsonObject copy = line.deepCopy();
    copy.getAsJsonObject("rows").entrySet().stream()
        .map(row -> row.getValue().getAsJsonObject())
        .forEach(this::keepComparable);
    return copy;
  }

  private void keepComparable(JsonObject operators) {
    for (String operator : List.copyOf(operators.keySet())) {
      JsonObject results = operators.getAsJsonObject(operator);
      results.keySet().retainAll(metrics());
      if (results.size() == 0) {
        operators.remove(operator);
      }
    }
  }
}
