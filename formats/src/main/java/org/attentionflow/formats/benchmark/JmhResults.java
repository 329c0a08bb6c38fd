package org.attentionflow.formats.benchmark;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
   * @param here where and when they were measured; what the results know comes from them
   * @param dateOfFile the date if neither says it
   */
  static BenchmarkRun read(JsonArray results, Machine here, String dateOfFile) {
    if (results.isEmpty()) {
      throw new UnusableInputException("The JMH results are empty: nothing was measured.");
    }
    JmhResults read = new JmhResults();
    results.forEach(element -> read.add(element.getAsJsonObject()));
    Set<Instance> instances = new LinkedHashSet<>(read.sweeps.keySet());
    instances.addAll(read.products.keySet());
    JmhOrigin origin = new JmhOrigin(results);
    return new BenchmarkRun(
        origin.machine(here, dateOfFile),
        origin.method(),
        "bytes allocated by one solve (profiler gc of JMH), garbage included; native memory is not"
            + " counted; left out where no warm-up came before, since JMH then counts the set-up too",
        "the set-up of every benchmark asserts a certified answer and an imbalance of at most 1e-9"
            + " of the largest capacity",
        read.measurements,
        instances.stream().map(read::yardstick).toList(),
        read.others,
        List.of());
  }

  private SweepTimes yardstick(Instance instance) {
    return new SweepTimes(
        instance,
        sweeps.getOrDefault(instance, Double.NaN),
        products.getOrDefault(instance, Double.NaN));
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
              time.isWarm() ? allocated(counters) : Double.NaN));
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
    return isWarm(result) ? Times.of(seconds) : Times.withoutWarmUp(seconds);
  }

  /** Whether iterations came before those that were measured. */
  private static boolean isWarm(JsonObject result) {
    return result.has("warmupIterations") && result.get("warmupIterations").getAsInt() > 0;
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
