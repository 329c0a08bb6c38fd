package org.attentionflow.evaluation.run;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.attentionflow.evaluation.json.JsonTree;

/**
 * Where the time of a run went, summed over examples and workers. No part of what is reproducible.
 * Not thread-safe.
 */
public final class Times {
  private double capture;
  private double perturbations;
  private long evaluations;
  private int examples;
  private final Map<String, Double> methods = new TreeMap<>();
  private final Set<String> flowMethods = new TreeSet<>();

  /** Takes a line of times. */
  void add(String line) {
    if (!(JsonTree.object(line, "times").get("times") instanceof JsonObject times)) {
      return;
    }
    examples++;
    capture += times.get("capture").getAsDouble();
    perturbations += times.get("perturbations").getAsDouble();
    evaluations += times.get("evaluations").getAsLong();
    times.getAsJsonArray("flows").forEach(method -> flowMethods.add(method.getAsString()));
    for (Map.Entry<String, JsonElement> method : times.getAsJsonObject("methods").entrySet()) {
      methods.merge(method.getKey(), method.getValue().getAsDouble(), Double::sum);
    }
  }

  /** The seconds of capturing. */
  public double capture() {
    return capture;
  }

  /** The seconds of the methods that compute flows: information tensors, networks, solvers. */
  public double flows() {
    return flowMethods.stream().mapToDouble(method -> methods.getOrDefault(method, 0.0)).sum();
  }

  /** The seconds of the other methods. */
  public double baselines() {
    return methods.values().stream().mapToDouble(seconds -> seconds).sum() - flows();
  }

  /** The seconds of asking the model about perturbed inputs, and of metrics. */
  public double perturbations() {
    return perturbations;
  }

  /** The perturbed inputs that the model was asked about. */
  public long evaluations() {
    return evaluations;
  }

  /** The shares in one line. */
  public String line() {
    double all = Math.max(1e-9, capture + flows() + baselines() + perturbations);
    return String.format(
        Locale.ROOT,
        "capture %.0f %%, flows %.0f %%, other methods %.0f %%, perturbations %.0f %% of %.1f s of"
            + " work (%d perturbed inputs)",
        100 * capture / all,
        100 * flows() / all,
        100 * baselines() / all,
        100 * perturbations / all,
        all,
        evaluations);
  }

  String json() {
    Map<String, Object> json = new TreeMap<>();
    json.put("captureSeconds", capture);
    json.put("methodSeconds", methods);
    json.put("flowSeconds", flows());
    json.put("perturbationSeconds", perturbations);
    json.put("perturbedInputs", evaluations);
    json.put("examples", examples);
    return JsonTree.pretty(JsonTree.of(json));
  }
}
