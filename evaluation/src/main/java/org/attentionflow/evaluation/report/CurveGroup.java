package org.attentionflow.evaluation.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Curves that belong into one plot: all rows of a metric and an operator. Metrics whose curves are
 * the same numbers, such as the probability behind AOPC and LOdds, share a plot.
 *
 * @param metrics the ids of the metrics
 * @param operator the removal operator
 * @param name what the curves show
 * @param curves one per row
 */
record CurveGroup(List<String> metrics, String operator, String name, List<SummaryCurve> curves) {
  private record Key(String metric, String operator, String name) {}

  /** The groups, in the order of their first curves. */
  static List<CurveGroup> of(List<SummaryCurve> curves) {
    Map<Key, List<SummaryCurve>> byKey = new LinkedHashMap<>();
    for (SummaryCurve curve : curves) {
      Key key = new Key(curve.metric(), curve.operator(), curve.name());
      byKey.computeIfAbsent(key, ignored -> new ArrayList<>()).add(curve);
    }
    List<CurveGroup> groups = new ArrayList<>();
    byKey.forEach(
        (key, found) -> {
          CurveGroup group =
              new CurveGroup(
                  new ArrayList<>(List.of(key.metric())), key.operator(), key.name(), found);
          groups.stream()
              .filter(group::shows)
              .findFirst()
              .ifPresentOrElse(same -> same.metrics().add(key.metric()), () -> groups.add(group));
        });
    return groups;
  }

  /** Whether another group draws the same lines. */
  private boolean shows(CurveGroup other) {
    if (!operator.equals(other.operator)
        || !name.equals(other.name)
        || curves.size() != other.curves.size()) {
      return false;
    }
    for (int i = 0; i < curves.size(); i++) {
      SummaryCurve one = curves.get(i);
      SummaryCurve two = other.curves.get(i);
      if (!one.row().equals(two.row())
          || !Arrays.equals(one.x(), two.x())
          || !Arrays.equals(one.y(), two.y())) {
        return false;
      }
    }
    return true;
  }

  /** A title: the metrics, what is shown and the operator. */
  String title() {
    return String.join(", ", metrics)
        + ": "
        + name
        + (operator.equals("-") ? "" : ", operator " + operator);
  }
}
