package org.attentionflow.evaluation.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.attentionflow.evaluation.experiment.Expectation;
import org.attentionflow.evaluation.experiment.Experiment;
import org.attentionflow.evaluation.experiment.MethodEntry;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.plugin.Nearest;

/** Checks before a run that the numbers an experiment expects are numbers of that run. */
final class ExpectedRows {
  private static final String NO_PATH = "no-path";
  private static final Set<String> OF_THE_RUN =
      Set.of("evaluated", "skipped", "failed", "accuracy");

  private final Experiment experiment;
  private final List<String> metrics;

  private ExpectedRows(Experiment experiment, List<String> metrics) {
    this.experiment = experiment;
    this.metrics = metrics;
  }

  /**
   * Checks every expectation.
   *
   * @throws UnusableInputException if one names a row, a metric or an operator that the tables will
   *     not have
   */
  static void check(Experiment experiment, Judges judges) {
    List<String> names =
        judges.metrics().stream().flatMap(metric -> Stream.of(metric.name(), metric.id())).toList();
    ExpectedRows rows = new ExpectedRows(experiment, names);
    for (int i = 0; i < experiment.expectations().size(); i++) {
      rows.check("expect[" + i + "].", experiment.expectations().get(i));
    }
  }

  private void check(String path, Expectation expectation) {
    if (OF_THE_RUN.contains(expectation.metric())) {
      return;
    }
    List<String> methods = experiment.methods().stream().map(MethodEntry::id).toList();
    if (expectation.metric().equals(NO_PATH)) {
      require(path + "method", expectation.method(), methods);
      return;
    }
    List<String> numbers = new ArrayList<>(metrics);
    numbers.add(NO_PATH);
    numbers.addAll(OF_THE_RUN.stream().sorted().toList());
    require(path + "metric", expectation.metric(), numbers);
    require(path + "method", expectation.method(), rows(methods));
    if (!expectation.operator().isEmpty()) {
      List<String> operators = new ArrayList<>(experiment.operators());
      operators.add(Judges.NO_OPERATOR);
      require(path + "operator", expectation.operator(), operators);
    }
  }

  private List<String> rows(List<String> methods) {
    List<String> rows = new ArrayList<>(methods);
    Map<String, Boolean> references =
        Map.of(
            ReferenceRow.RANDOM, experiment.randomOrders() > 0,
            ReferenceRow.BEST, experiment.boundOrders().isOn(),
            ReferenceRow.WORST, experiment.boundOrders().isOn());
    references.forEach(
        (row, isThere) -> {
          if (isThere) {
            rows.add(row);
          }
        });
    return rows;
  }

  private void require(String key, String value, List<String> known) {
    if (!known.contains(value)) {
      throw new UnusableInputException(
          experiment.source()
              + ": "
              + key
              + " = "
              + value
              + ": the run will have no such number. Known: "
              + String.join(", ", Nearest.sort(value, known))
              + ".");
    }
  }
}
