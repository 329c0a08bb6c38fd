package org.attentionflow.evaluation.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.attentionflow.evaluation.json.JsonTree;

/** What the lines of a bundle add up to, before statistics. Fed line by line; not thread-safe. */
public final class Findings {
  private final Map<Series.Key, Series> series = new LinkedHashMap<>();
  private final Map<String, SolverHealth> health = new LinkedHashMap<>();
  private final Map<String, Integer> failedByMethod = new LinkedHashMap<>();
  private final Map<String, Integer> bounds = new TreeMap<>();
  private final List<JsonObject> shown = new ArrayList<>();
  private final Set<Integer> chosen;
  private int evaluated;
  private int skipped;
  private int failed;
  private int labelled;
  private int correct;
  private int truncated;
  private int markedBehindCut;

  /**
   * Starts with nothing.
   *
   * @param chosen the positions of the examples that are to be shown
   */
  public Findings(Set<Integer> chosen) {
    this.chosen = Set.copyOf(chosen);
  }

  /** Takes a line of records. */
  public void record(String line) {
    JsonObject record = JsonTree.object(line, "a record");
    evaluated++;
    JsonElement gold = record.get("gold");
    if (gold != null && !gold.isJsonNull()) {
      labelled++;
      correct += gold.getAsInt() == predicted(record) ? 1 : 0;
    }
    if (record.has("truncated") && record.get("truncated").getAsBoolean()) {
      truncated++;
      boolean isUnmarked =
          record.get("rationale") instanceof JsonArray rationale && rationale.isEmpty();
      markedBehindCut += isUnmarked ? 1 : 0;
    }
    for (Map.Entry<String, JsonElement> method : record.getAsJsonObject("methods").entrySet()) {
      health
          .computeIfAbsent(method.getKey(), name -> new SolverHealth())
          .add(method.getValue().getAsJsonObject());
    }
    if (chosen.contains(record.get("index").getAsInt())) {
      shown.add(record);
    }
  }

  private static int predicted(JsonObject record) {
    double[] logits = JsonTree.doubles(record.get("logits"));
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  /** Takes a line of metrics. */
  public void metrics(String line) {
    JsonObject json = JsonTree.object(line, "a line of metrics");
    String example = json.get("index").getAsString();
    if (json.has("bounds")) {
      bounds.merge(json.get("bounds").getAsString(), 1, Integer::sum);
    }
    json.getAsJsonObject("rows")
        .entrySet()
        .forEach(
            row ->
                row.getValue().getAsJsonObject().entrySet().stream()
                    .forEach(
                        operator ->
                            operator.getValue().getAsJsonObject().entrySet().stream()
                                .forEach(
                                    metric ->
                                        series
                                            .computeIfAbsent(
                                                new Series.Key(
                                                    row.getKey(),
                                                    operator.getKey(),
                                                    metric.getKey()),
                                                key -> new Series())
                                            .add(example, metric.getValue().getAsJsonObject()))));
  }

  /** Takes a line of failures. */
  public void failure(String line) {
    JsonObject failure = JsonTree.object(line, "a failure");
    if (!failure.get("method").isJsonNull()) {
      failedByMethod.merge(failure.get("method").getAsString(), 1, Integer::sum);
    } else if (failure.get("kind").getAsString().equals("skipped")) {
      skipped++;
    } else {
      failed++;
    }
  }

  Map<Series.Key, Series> series() {
    return series;
  }

  Map<String, SolverHealth> health() {
    return health;
  }

  int failed(String method) {
    return failedByMethod.getOrDefault(method, 0) + failed;
  }

  List<JsonObject> shown() {
    return shown;
  }

  /** The examples with a record. */
  public int evaluated() {
    return evaluated;
  }

  /** The examples left out on purpose. */
  public int skipped() {
    return skipped;
  }

  /** The examples that failed as a whole. */
  public int failed() {
    return failed;
  }

  /** The failures of single methods. */
  public int failedRecords() {
    return failedByMethod.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The texts whose best and worst orders were searched for, by the search. */
  Map<String, Integer> bounds() {
    return bounds;
  }

  int truncated() {
    return truncated;
  }

  int markedBehindCut() {
    return markedBehindCut;
  }

  int labelled() {
    return labelled;
  }

  int correct() {
    return correct;
  }
}
