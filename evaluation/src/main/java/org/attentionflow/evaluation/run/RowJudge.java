package org.attentionflow.evaluation.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.attentionflow.evaluation.metric.Metric;
import org.attentionflow.evaluation.metric.MetricInput;
import org.attentionflow.evaluation.metric.MetricResult;
import org.attentionflow.evaluation.metric.Reattribution;
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

  /** The rows that are no explanations: random orders, and the best and the worst found. */
  Map<String, Object> references(int draws, int boundLimit) {
    Map<String, Object> rows = new LinkedHashMap<>();
    if (draws > 0) {
      rows.put(ReferenceRow.RANDOM, random(draws));
    }
    if (features.size() > 0 && features.size() <= boundLimit) {
      Map<String, Object> best = new TreeMap<>();
      Map<String, Object> worst = new TreeMap<>();
      values.forEach(
          (operator, function) -> {
            OrderBounds bounds = OrderBounds.find(function, target, judges.settings());
            best.put(operator, removing(operator, ReferenceRow.falling(bounds.upperOrder())));
            worst.put(operator, removing(operator, ReferenceRow.falling(bounds.lowerOrder())));
          });
      rows.put(ReferenceRow.BEST, best);
      rows.put(ReferenceRow.WORST, worst);
    }
    return rows;
  }

  private Map<String, Object> removing(String operator, double[] scores) {
    Map<String, Object> results = new TreeMap<>();
    for (Metric metric : judges.removing()) {
      if (!metric.needs().contains(Metric.Need.REATTRIBUTION)) {
        results.put(metric.id(), RecordJson.result(evaluate(metric, operator, scores, null)));
      }
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
              for (Metric metric : metrics) {
                if (!metric.needs().contains(Metric.Need.REATTRIBUTION)) {
                  List<MetricResult> drawn = new ArrayList<>();
                  for (int draw = 1; draw <= draws; draw++) {
                    double[] scores = ReferenceRow.random(seed, draw, example, features.size());
                    drawn.add(evaluate(metric, operator, scores, null));
                  }
                  results.put(metric.id(), RecordJson.result(MeanResult.of(drawn)));
                }
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
