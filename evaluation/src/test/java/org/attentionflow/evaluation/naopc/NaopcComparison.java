package org.attentionflow.evaluation.naopc;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.MetricSettings;
import org.attentionflow.evaluation.metric.Metrics;
import org.attentionflow.evaluation.metric.Ranking;
import org.attentionflow.evaluation.metric.faithfulness.OrderBounds;
import org.attentionflow.evaluation.perturbation.ValueFunction;

/** The study's numbers computed again from its value functions. */
final class NaopcComparison {
  /** How far a number may be from the published one: logits are stored to about six digits. */
  static final double TOLERANCE = 1e-4;

  /** Every count 1 … N; the study's sufficiency removes in the exact reverse order. */
  static final MetricSettings SETTINGS =
      MetricSettings.defaults().withGrid(List.of()).withReversedTies(true);

  private final Metric aopc = Metrics.load().get("aopc");
  private final Metric lerf = Metrics.load().get("aopc-lerf");
  private final Metric naopc = Metrics.load().get("naopc");
  private final NaopcStudy study;

  /** Rows compared, then rows left out by reason. */
  int rows;

  int examples;
  int undefined;
  int naopcInRange;
  double comprehensiveness;
  double sufficiency;
  double lower;
  double upper;
  double publishedOrders;
  double fromZeroDifference;
  double beamMiss;
  double beamBeyond;
  int beamMisses;

  /** Ids whose scores are of another number of words than the value function, with the counts. */
  final Map<Integer, String> skipped = new TreeMap<>();

  /** Rows whose stored scores tie, where another order of the tied words gives the numbers. */
  final List<String> tied = new ArrayList<>();

  /** Upper bounds that the published order does not reach, and a maximum started at 0 does. */
  final List<String> startedAtZero = new ArrayList<>();

  /** Rows and bounds that differ. */
  final List<String> different = new ArrayList<>();

  NaopcComparison(NaopcStudy study) {
    this.study = study;
  }

  NaopcComparison run() {
    study.rows().forEach(this::compare);
    study.limits().forEach(this::compareBounds);
    return this;
  }

  private void compare(NaopcStudy.Row row) {
    ValueFunction values = study.values().get(row.id());
    if (row.scores().length != values.size()) {
      skipped.put(row.id(), row.scores().length + " scores, " + values.size() + " words");
      return;
    }
    MetricInput input = input(row.scores(), values);
    MetricResult most = aopc.evaluate(input);
    MetricResult least = lerf.evaluate(input);
    if (most.value().isEmpty() || least.value().isEmpty()) {
      undefined++;
      return;
    }
    rows++;
    double c = Math.abs(most.value().getAsDouble() - row.comprehensiveness());
    double s = Math.abs(least.value().getAsDouble() - row.sufficiency());
    if (c > TOLERANCE || s > TOLERANCE) {
      String name = study.name() + " id " + row.id() + " " + row.method();
      (reachedByTies(row, values) ? tied : different).add(name);
      return;
    }
    comprehensiveness = Math.max(comprehensiveness, c);
    sufficiency = Math.max(sufficiency, s);
    naopc
        .evaluate(input)
        .value()
        .ifPresent(value -> naopcInRange += value >= -1e-12 && value <= 1 + 1e-12 ? 1 : 0);
  }

  private static MetricInput input(double[] scores, ValueFunction values) {
    return MetricInput.of("naopc", scores, NaopcStudy.TARGET, values, SETTINGS);
  }

  /** Whether one order of the tied words gives both published numbers. */
  private boolean reachedByTies(NaopcStudy.Row row, ValueFunction values) {
    return reached(row, values, Ranking.descending(row.scores()), 0);
  }

  /** Swaps words of equal score into every place, by backtracking. */
  private boolean reached(NaopcStudy.Row row, ValueFunction values, int[] order, int place) {
    if (place == order.length) {
      MetricInput input = input(Ranking.scores(order), values);
      double most = aopc.evaluate(input).value().orElseThrow();
      double least = lerf.evaluate(input).value().orElseThrow();
      return Math.abs(most - row.comprehensiveness()) <= TOLERANCE
          && Math.abs(least - row.sufficiency()) <= TOLERANCE;
    }
    for (int other = place; other < order.length; other++) {
      if (row.scores()[order[other]] == row.scores()[order[place]]) {
        int[] swapped = order.clone();
        swapped[place] = order[other];
        swapped[other] = order[place];
        if (reached(row, values, swapped, place + 1)) {
          return true;
        }
      }
    }
    return false;
  }

  private void compareBounds(int id, NaopcStudy.Limits published) {
    ValueFunction values = study.values().get(id);
    if (published.lowerOrder().length != values.size()) {
      skipped.put(id, published.lowerOrder().length + " in orders, " + values.size() + " words");
      return;
    }
    examples++;
    OrderBounds bounds = OrderBounds.find(values, NaopcStudy.TARGET, SETTINGS);
    lower = Math.max(lower, Math.abs(bounds.lower() - published.lower()));
    double lowerReached = reach(published.lowerOrder(), values);
    double upperReached = reach(published.upperOrder(), values);
    publishedOrders = Math.max(publishedOrders, Math.abs(lowerReached - published.lower()));
    if (Math.abs(upperReached - published.upper()) <= TOLERANCE) {
      publishedOrders = Math.max(publishedOrders, Math.abs(upperReached - published.upper()));
      upper = Math.max(upper, Math.abs(bounds.upper() - published.upper()));
    } else {
      String name = study.name() + " id " + id;
      double fromZero = upperFromZero(values);
      fromZeroDifference = Math.max(fromZeroDifference, Math.abs(fromZero - published.upper()));
      boolean explained = Math.abs(fromZero - published.upper()) <= TOLERANCE;
      String numbers =
          String.format(
              Locale.ROOT,
              " (published %.6f, its order reaches %.6f, the best order %.6f)",
              published.upper(),
              upperReached,
              bounds.upper());
      (explained ? startedAtZero : different).add(name + numbers);
    }
    compareSearch(values, bounds);
  }

  /**
   * The greatest AOPC as the study computed it, independently of the program under test: its
   * maximum over the last removed word starts at 0 instead of −∞, which no order reaches where all
   * sums are negative.
   */
  private static double upperFromZero(ValueFunction values) {
    int size = values.size();
    double[] best = new double[1 << size];
    double whole = Math.exp(values.logProbabilities(new BitSet())[NaopcStudy.TARGET]);
    for (int s = 1; s < best.length; s++) {
      for (int i = 0; i < size; i++) {
        if ((s >> i & 1) == 1) {
          best[s] = Math.max(best[s], best[s - (1 << i)]);
        }
      }
      double[] left = values.logProbabilities(BitSet.valueOf(new long[] {s}));
      best[s] += whole - Math.exp(left[NaopcStudy.TARGET]);
    }
    return best[best.length - 1] / size;
  }

  /** The beam search is given the same example and may not use the exact program. */
  private void compareSearch(ValueFunction values, OrderBounds bounds) {
    int width = SETTINGS.beamWidth();
    OrderBounds found = OrderBounds.find(values, NaopcStudy.TARGET, SETTINGS.withSearch(0, width));
    beamBeyond =
        Math.max(
            beamBeyond, Math.max(bounds.lower() - found.lower(), found.upper() - bounds.upper()));
    double miss = Math.max(found.lower() - bounds.lower(), bounds.upper() - found.upper());
    beamMiss = Math.max(beamMiss, miss);
    beamMisses += miss > 1e-9 ? 1 : 0;
  }

  private double reach(int[] order, ValueFunction values) {
    return aopc.evaluate(input(Ranking.scores(order), values)).value().orElseThrow();
  }
}
