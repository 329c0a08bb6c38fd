package org.attentionflow.evaluation.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.evaluation.json.JsonTree;
import org.jspecify.annotations.Nullable;

/** The values of one metric for one row under one operator, example by example. */
final class Series {
  /** What a series is of. */
  record Key(String row, String operator, String metric) {}

  /** A sum of curves; null where their points differ from example to example. */
  private record Sum(double[] x, double[] y, int[] counts) {}

  private final Map<String, Double> values = new LinkedHashMap<>();
  private final Map<String, @Nullable Sum> curves = new TreeMap<>();
  private int undefined;

  void add(String example, JsonObject result) {
    JsonElement value = result.get("value");
    if (value == null || value.isJsonNull()) {
      undefined++;
    } else {
      values.put(example, value.getAsDouble());
    }
    if (result.get("curves") instanceof JsonObject found) {
      found.entrySet().forEach(curve -> add(curve.getKey(), curve.getValue().getAsJsonObject()));
    }
  }

  private void add(String name, JsonObject curve) {
    double[] x = JsonTree.doubles(curve.get("x"));
    double[] y = JsonTree.doubles(curve.get("y"));
    if (!curves.containsKey(name)) {
      curves.put(name, new Sum(x, new double[y.length], new int[y.length]));
    }
    Sum sum = curves.get(name);
    if (sum == null || !Arrays.equals(sum.x(), x) || sum.y().length != y.length) {
      curves.put(name, null);
      return;
    }
    for (int i = 0; i < y.length; i++) {
      if (!Double.isNaN(y[i])) {
        sum.y()[i] += y[i];
        sum.counts()[i]++;
      }
    }
  }

  Map<String, Double> values() {
    return values;
  }

  int undefined() {
    return undefined;
  }

  /** The mean curves by name. */
  Map<String, SummaryCurve> curves(Key key) {
    Map<String, SummaryCurve> means = new TreeMap<>();
    curves.forEach(
        (name, sum) -> {
          if (sum != null && sum.x().length > 1 && sum.x().length == sum.y().length) {
            double[] y = new double[sum.y().length];
            for (int i = 0; i < y.length; i++) {
              y[i] = sum.counts()[i] == 0 ? Double.NaN : sum.y()[i] / sum.counts()[i];
            }
            means.put(
                name,
                new SummaryCurve(key.row(), key.operator(), key.metric(), name, sum.x(), y));
          }
        });
    return means;
  }
}
