package org.attentionflow.evaluation.run;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
 * @param evaluations the perturbed inputs of all examples, estimated from the median one
 * @param bytes the memory that the longest text takes, as often as texts are under way
 * @param seconds the time, estimated from the median one
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

  /** Measures the text of median length and multiplies. */
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
    long begin = System.nanoTime();
    Outcome outcome = new ExampleTask(run, median).outcome();
    double seconds = (System.nanoTime() - begin) / 1e9;
    Times times = new Times();
    times.add(outcome.times());
    return new RunPlan(
        kept.size(),
        left,
        run.rows().size(),
        tokenCount(median),
        run.longest(),
        times.evaluations() * kept.size(),
        bytes,
        seconds * kept.size() / threads);
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
