package org.attentionflow.formats.benchmark;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.attentionflow.failure.UnusableInputException;

/**
 * Reads the JSON that JMH writes. Benchmarks that count {@code arcs} and have a parameter {@code
 * solver} are solves of one network; {@code KernelBenchmark.sweep} and {@code .product} are the
 * yardsticks; all others are reported by name.
 */
final class JmhResults {
  private static final String SWEEP = "KernelBenchmark.sweep";
  private static final String PRODUCT = "KernelBenchmark.product";

  /** Bytes that one operation allocates, from the profiler {@code gc}. */
  private static final List<String> ALLOCATED =
      List.of("gc.alloc.rate.norm", "·gc.alloc.rate.norm");

  private final List<Measurement> measurements = new ArrayList<>();
  private final List<NamedTimes> others = new ArrayList<>();
  private final Map<Instance, Double> sweeps = new LinkedHashMap<>();
  private final Map<Instance, Double> products = new LinkedHashMap<>();

  private JmhResults() {}

  /**
   * Reads results.
   *
   * @param here where and when they were measured; Java and its options come from the results
   */
  static BenchmarkRun read(JsonArray results, Machine here) {
    if (results.isEmpty()) {
      throw new UnusableInputException("The JMH results are empty: nothing was measured.");
    }
    JmhResults read = new JmhResults();
    results.forEach(element -> read.add(element.getAsJsonObject()));
    List<SweepTimes> yardsticks = new ArrayList<>();
    read.sweeps.forEach(
        (instance, sweep) -> {
          Double product = read.products.get(instance);
          if (product != null) {
            yardsticks.add(new SweepTimes(instance, sweep, product));
          }
        });
    JsonObject first = results.get(0).getAsJsonObject();
    return new BenchmarkRun(
        machine(first, here),
        method(first),
        "bytes allocated by one solve (profiler gc of JMH), garbage included; native memory is not"
            + " counted",
        "the set-up of every benchmark asserts a certified answer and an imbalance of at most 1e-9"
            + " of the largest capacity",
        read.measurements,
        yardsticks,
        read.others,
        List.of());
  }

  private static Machine machine(JsonObject first, Machine here) {
    StringBuilder options = new StringBuilder();
    for (JsonElement option : array(first, "jvmArgs")) {
      // Agents and properties name folders of the machine.
      if (option.getAsString().startsWith("-X")) {
        options.append(options.length() == 0 ? "" : " ").append(option.getAsString());
      }
    }
    return new Machine(
        here.processor(),
        here.processors(),
        text(first, "vmName") + " " + text(first, "jdkVersion"),
        here.platform(),
        options.length() == 0 ? "default options" : options.toString(),
        here.date(),
        here.commit());
  }

  private static String method(JsonObject first) {
    return "JMH "
        + text(first, "jmhVersion")
        + ", "
        + text(first, "forks")
        + " forks, "
        + text(first, "warmupIterations")
        + " warm-up and "
        + text(first, "measurementIterations")
        + " measured iterations of "
        + text(first, "measurementTime")
        + "; the median iteration";
  }

  private void add(JsonObject result) {
    String[] path = text(result, "benchmark").split("\\.", -1);
    String name = path[Math.max(0, path.length - 2)] + "." + path[path.length - 1];
    Map<String, String> parameters = parameters(result);
    Times time = time(result);
    JsonObject counters = object(result, "secondaryMetrics");
    boolean isSized = counters.has("arcs");
    if (isSized && name.equals(SWEEP)) {
      sweeps.put(instance(parameters, counters), time.median());
    } else if (isSized && name.equals(PRODUCT)) {
      products.put(instance(parameters, counters), time.median());
    }
    if (isSized && parameters.containsKey("solver")) {
      measurements.add(
          new Measurement(
              instance(parameters, counters),
              parameters.getOrDefault("solver", ""),
              time,
              (int) counter(counters, "iterations", 0),
              "CERTIFIED",
              counter(counters, "conservationResidual", Double.NaN),
              allocated(counters)));
    } else {
      others.add(new NamedTimes(name, parameters, time));
    }
  }

  private static Map<String, String> parameters(JsonObject result) {
    Map<String, String> parameters = new LinkedHashMap<>();
    object(result, "params")
        .asMap()
        .forEach((name, value) -> parameters.put(name, value.getAsString()));
    return parameters;
  }

  private static Instance instance(Map<String, String> parameters, JsonObject counters) {
    String recording = parameters.get("recording");
    return new Instance(
        recording == null ? parameters.getOrDefault("kind", "") : "recorded " + recording,
        (int) counter(counters, "layers", 0),
        (int) counter(counters, "tokens", 0),
        (long) counter(counters, "arcs", 0));
  }

  private static double allocated(JsonObject counters) {
    return ALLOCATED.stream()
        .filter(counters::has)
        .mapToDouble(name -> counters.getAsJsonObject(name).get("score").getAsDouble())
        .findFirst()
        .orElse(Double.NaN);
  }

  /** The last value of a counter: its score adds up the iterations. */
  private static double counter(JsonObject counters, String name, double otherwise) {
    if (!counters.has(name)) {
      return otherwise;
    }
    double[] raw = raw(counters.getAsJsonObject(name));
    return raw[raw.length - 1];
  }

  private static Times time(JsonObject result) {
    JsonObject metric = object(result, "primaryMetric");
    double unit =
        switch (text(metric, "scoreUnit")) {
          case "s/op" -> 1;
          case "ms/op" -> 1e-3;
          case "us/op" -> 1e-6;
          case "ns/op" -> 1e-9;
          default ->
              throw new UnusableInputException(
                  "The JMH results hold the unit "
                      + text(metric, "scoreUnit")
                      + "; only average times (-bm avgt) make a report.");
        };
    double[] seconds = raw(metric);
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] *= unit;
    }
    return Times.of(seconds);
  }

  /** The values of all iterations of all forks. */
  private static double[] raw(JsonObject metric) {
    return StreamSupport.stream(array(metric, "rawData").spliterator(), false)
        .flatMap(fork -> StreamSupport.stream(fork.getAsJsonArray().spliterator(), false))
        .mapToDouble(JsonElement::getAsDouble)
        .toArray();
  }

  private static JsonArray array(JsonObject object, String name) {
    return object.has(name) ? object.getAsJsonArray(name) : new JsonArray();
  }

  private static JsonObject object(JsonObject object, String name) {
    return object.has(name) ? object.getAsJsonObject(name) : new JsonObject();
  }

  private static String text(JsonObject object, String name) {
    return object.has(name) ? object.get(name).getAsString() : "";
  }
}
