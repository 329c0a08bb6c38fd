package org.attentionflow.evaluation.run;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.attentionflow.evaluation.bundle.Outcome;
import org.attentionflow.pipeline.MemoryForecast;

/**
 * What a run would do, before it does it.
 *
 * @param examples the examples that would be run
 * @param skipped the examples that would be left out
 * @param methods the rows of the tables that are methods
 * @param medianTokens the tokens of the text of median length
 * @param mostTokens the tokens of the longest text
 * @param evaluations the perturbed inputs of all examples, estimated from the median ones
 * @param bytes the memory that the longest text takes, as often as texts are under way
 * @param seconds the time, estimated from the median ones
 */
public record RunPlan(
    int examples,
    int skipped,
    int methods,
    int medianTokens,
    int mostTokens,
    long evaluations,
    long bytes,
    double seconds) {

  /**
   * Measures a text of median length and multiplies: once for the texts whose best and worst orders
   * are searched for, once for the others.
   */
  public static RunPlan of(PreparedRun run) {
    List<PreparedExample> kept =
        run.examples().stream()
            .filter(example -> example.tokens() != null)
            .sorted(Comparator.comparingInt(RunPlan::tokenCount))
            .toList();
    int left = run.examples().size() - kept.size();
    MemoryForecast forecast = run.forecast();
    int threads = run.experiment().threads();
    long bytes = forecast.totalBytes(threads);
    if (kept.isEmpty()) {
      return new RunPlan(0, left, run.rows().size(), 0, 0, 0, bytes, 0);
    }
    PreparedExample median = kept.get(kept.size() / 2);
    new ExampleTask(run, median).outcome();
    long evaluations = 0;
    double seconds = 0;
    Map<Boolean, List<PreparedExample>> groups =
        kept.stream().collect(Collectors.groupingBy(e -> run.boundTexts().contains(e.index())));
    for (List<PreparedExample> group : groups.values()) {
      long begin = System.nanoTime();
      Outcome outcome = new ExampleTask(run, group.get(group.size() / 2)).outcome();
      seconds += (System.nanoTime() - begin) / 1e9 * group.size();
      Times times = new Times();
      times.add(outcome.times());
      evaluations += times.evaluations() * group.size();
    }
    return new RunPlan(
        kept.size(),
        left,
        run.rows().size(),
        tokenCount(median),
        run.longest(),
        evaluations,
        bytes,
        seconds / threads);
  }

  private static int tokenCount(PreparedExample example) {
    return example.tokens() == null ? 0 : example.tokens().size();
  }

  /** The numbers by name. */
  public Map<String, Object> numbers() {
    Map<String, Object> numbers = new TreeMap<>();
    numbers.put("examples", examples);
    numbers.put("skipped", skipped);
    numbers.put("methods", methods);
    numbers.put("captures", examples);
    numbers.put("medianTokens", medianTokens);
    numbers.put("mostTokens", mostTokens);
    numbers.put("perturbedInputs", evaluations);
    numbers.put("megabytes", bytes >> 20);
    numbers.put("seconds", seconds);
    return numbers;
  }
}
