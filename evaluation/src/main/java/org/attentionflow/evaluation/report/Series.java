package org.attentionflow.evaluation.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.evaluation.json.JsonTree;
import org.jspecify.annotations.Nullable;

/** The values of one metric for one row under one operator, example by example. */
final class Series {
  /** What a series is of. */
  record Key(String row, String operator, String metric) {}

  /** Sums of points and values, point by point. */
  private record Sum(double[] x, double[] y, int[] counts) {}

  /** Curves over all shares from 0 to 1 are read at so many points. */
  private static final int POINTS = 21;

  private final Map<String, Double> values = new LinkedHashMap<>();

  /** Null for curves of different lengths. */
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
      found
          .entrySet()
          .forEach(curve -> addCurve(curve.getKey(), curve.getValue().getAsJsonObject()));
    }
  }

  private void addCurve(String name, JsonObject curve) {
    double[] x = JsonTree.doubles(curve.get("x"));
    double[] y = JsonTree.doubles(curve.get("y"));
    if (x.length == 0 || x.length != y.length) {
      return;
    }
    if (x.length > 1 && x[0] == 0 && x[x.length - 1] == 1) {
      y = atEqualShares(x, y);
      x = equalShares();
    }
    if (!curves.containsKey(name)) {
      curves.put(name, new Sum(new double[x.length], new double[x.length], new int[x.length]));
    }
    Sum sum = curves.get(name);
    if (sum == null || sum.y().length != y.length) {
      curves.put(name, null);
      return;
    }
    for (int i = 0; i < y.length; i++) {
      if (!Double.isNaN(y[i])) {
        sum.x()[i] += x[i];
        sum.y()[i] += y[i];
        sum.counts()[i]++;
      }
    }
  }

  private static double[] equalShares() {
    double[] shares = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      shares[i] = (double) i / (POINTS - 1);
    }
    return shares;
  }

  /** Linear between the points of a curve whose points ascend; NaN before the first. */
  private static double[] atEqualShares(double[] x, double[] y) {
    double[] shares = equalShares();
    double[] values = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      int above = 0;
      while (x[above] < shares[i]) {
        above++;
      }
      double width = above == 0 ? 0 : x[above] - x[above - 1];
      if (x[above] == shares[i]) {
        values[i] = y[above];
      } else if (above == 0 || width == 0) {
        values[i] = Double.NaN;
      } else {
        double share = (shares[i] - x[above - 1]) / width;
        values[i] = y[above - 1] + share * (y[above] - y[above - 1]);
      }
    }
    return values;
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
          if (sum != null && sum.x().length > 1) {
            double[] x = new double[sum.y().length];
            double[] y = new double[sum.y().length];
            for (int i = 0; i < y.length; i++) {
              x[i] = sum.counts()[i] == 0 ? Double.NaN : sum.x()[i] / sum.counts()[i];
              y[i] = sum.counts()[i] == 0 ? Double.NaN : sum.y()[i] / sum.counts()[i];
            }
            means.put(name, new SummaryCurve(key.row(), key.operator(), key.metric(), name, x, y));
          }
        });
    return means;
  }
}
