package org.attentionflow.evaluation.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.attentionflow.evaluation.experiment.BoundOrders;
import org.attentionflow.evaluation.experiment.Experiment;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.Reattribution;
import org.attentionflow.evaluation.metric.faithfulness.BoundSearch;
import org.attentionflow.evaluation.metric.faithfulness.OrderBounds;
import org.attentionflow.evaluation.perturbation.Features;
import org.attentionflow.evaluation.perturbation.ValueFunction;
import org.jspecify.annotations.Nullable;

/**
 * Judges the rows of one example. All rows share the value functions, one per operator, so that a
 * removed set is evaluated once, whichever rows and metrics ask for it.
 *
 * @param judges metrics, operators, settings
 * @param example what all lines call the example
 * @param features what can be removed
 * @param target the class y
 * @param values the value functions by operator
 * @param rationale per feature whether people marked it, or null
 * @param seed the seed of the run
 */
record RowJudge(
    Judges judges,
    String example,
    Features features,
    int target,
    Map<String, ValueFunction> values,
    boolean @Nullable [] rationale,
    long seed) {

  /** The results of a method: by operator, by id of the metric. */
  Map<String, Object> judge(double[] scores, @Nullable Reattribution again) {
    Map<String, Object> json = new TreeMap<>();
    judges
        .byOperator()
        .forEach(
            (operator, metrics) -> {
              Map<String, Object> results = new TreeMap<>();
              for (Metric metric : metrics) {
                results.put(
                    metric.id(), RecordJson.result(evaluate(metric, operator, scores, again)));
              }
              json.put(operator, results);
            });
    return json;
  }

  /**
   * The rows that are no explanations: random orders, and the best and the worst order, by removal
   * where that was searched, and by the marks of people.
   *
   * @param rows where they are put
   * @param experiment how many random orders, and how the best and the worst are searched for
   * @param isSearched whether the text is one of those whose orders are searched for
   * @return how the orders were found; empty if none was searched for
   */
  Optional<BoundSearch> references(
      Map<String, Object> rows, Experiment experiment, boolean isSearched) {
    if (experiment.randomOrders() > 0) {
      rows.put(ReferenceRow.RANDOM, random(experiment.randomOrders()));
    }
    BoundOrders orders = experiment.boundOrders();
    Bounds bounds = new Bounds(new TreeMap<>(), new TreeMap<>());
    if (orders.isOn() && rationale != null) {
      marked(rationale, bounds);
    }
    List<Metric> searched = recorded(judges.removing());
    BoundSearch kind = null;
    if (isSearched && features.size() > 0 && !searched.isEmpty()) {
      for (Map.Entry<String, ValueFunction> function : values.entrySet()) {
        kind = search(function.getKey(), function.getValue(), orders, searched, bounds);
      }
    }
    if (!bounds.best().isEmpty()) {
      rows.put(ReferenceRow.BEST, bounds.best());
      rows.put(ReferenceRow.WORST, bounds.worst());
    }
    return Optional.ofNullable(kind);
  }

  /** The rows of the best and the worst order, by operator. */
  private record Bounds(Map<String, Object> best, Map<String, Object> worst) {}

  private BoundSearch search(
      String operator,
      ValueFunction function,
      BoundOrders orders,
      List<Metric> metrics,
      Bounds bounds) {
    OrderBounds found = OrderBounds.find(function, target, judges.settings(), orders.beamLimit());
    bounds
        .best()
        .put(operator, results(metrics, operator, ReferenceRow.falling(found.upperOrder())));
    bounds
        .worst()
        .put(operator, results(metrics, operator, ReferenceRow.falling(found.lowerOrder())));
    return found.search();
  }

  /** All marked features first, and all marked features last. */
  private void marked(boolean[] marks, Bounds bounds) {
    List<Metric> metrics =
        judges.others().stream()
            .filter(metric -> metric.needs().contains(Metric.Need.RATIONALE))
            .toList();
    if (!metrics.isEmpty()) {
      double[] first = new double[marks.length];
      double[] last = new double[marks.length];
      for (int i = 0; i < marks.length; i++) {
        first[i] = marks[i] ? 1 : 0;
        last[i] = 1 - first[i];
      }
      bounds.best().put(Judges.NO_OPERATOR, results(metrics, Judges.NO_OPERATOR, first));
      bounds.worst().put(Judges.NO_OPERATOR, results(metrics, Judges.NO_OPERATOR, last));
    }
  }

  /** The metrics that need no new scores: a reference row has no method that could give them. */
  private static List<Metric> recorded(List<Metric> metrics) {
    return metrics.stream()
        .filter(metric -> !metric.needs().contains(Metric.Need.REATTRIBUTION))
        .toList();
  }

  private Map<String, Object> results(List<Metric> metrics, String operator, double[] scores) {
    Map<String, Object> results = new TreeMap<>();
    for (Metric metric : metrics) {
      results.put(metric.id(), RecordJson.result(evaluate(metric, operator, scores, null)));
    }
    return results;
  }

  private Map<String, Object> random(int draws) {
    Map<String, Object> json = new TreeMap<>();
    judges
        .byOperator()
        .forEach(
            (operator, metrics) -> {
              Map<String, Object> results = new TreeMap<>();
              for (Metric metric : recorded(metrics)) {
                List<MetricResult> drawn = new ArrayList<>();
                for (int draw = 1; draw <= draws; draw++) {
                  double[] scores = ReferenceRow.random(seed, draw, example, features.size());
                  drawn.add(evaluate(metric, operator, scores, null));
                }
                results.put(metric.id(), RecordJson.result(MeanResult.of(drawn)));
              }
              json.put(operator, results);
            });
    return json;
  }

  private MetricResult evaluate(
      Metric metric, String operator, double[] scores, @Nullable Reattribution again) {
    if (metric.needs().contains(Metric.Need.RATIONALE) && rationale == null) {
      return MetricResult.undefined("nothing is marked");
    }
    MetricInput input =
        new MetricInput(
            example,
            scores,
            target,
            values.get(operator),
            judges.settings(),
            seed + example.hashCode(),
            rationale,
            again);
    return metric.evaluate(input);
  }
}
